//! Cases of success: what an endpoint answers when nothing is wrong, and whether that is true.

mod access;
mod change;
mod copy;
mod create;
mod file;
mod history;
mod link;
mod list;
mod many;
mod query;
mod read;
mod replay;
mod rule;
mod session;
mod unchanged;

use crate::service::Operation;

use super::check::Check;
use super::scene::{About, Place, answered};
use super::{Case, Maker};

/// The cases of the route's documented success.
pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let mut cases = by_operation(maker);
    cases.extend(access::cases(maker));
    cases.extend(unchanged::cases(maker));
    cases.extend(replay::cases(maker));
    cases.extend(copy::cases(maker));
    cases
}

fn by_operation(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if let Err(reason) = answered(maker.plan, maker.route) {
        return vec![about(maker, "").skipped(reason)];
    }
    match &maker.route.operation {
        Operation::List | Operation::Search => list::cases(maker),
        Operation::Create => create::cases(maker),
        Operation::Read | Operation::ReadSingleton => read::cases(maker),
        Operation::Replace | Operation::Upsert => change::replace(maker),
        Operation::Update => change::update(maker),
        Operation::Delete => change::delete(maker),
        Operation::PutSingleton => create::put(maker),
        Operation::Transition(transition) => change::transition(maker, transition),
        Operation::Upload(upload) => file::upload(maker, upload),
        Operation::Download => file::download(maker),
        Operation::Session(session) => session::cases(maker, session),
        Operation::Aggregate(figures) => many::figures(maker, figures),
        Operation::History(history) => history::cases(maker, history),
        Operation::Export(export) => many::export(maker, export),
        Operation::CreateMany(bulk) | Operation::UpdateMany(bulk) | Operation::DeleteMany(bulk) => {
            many::write(maker, bulk)
        }
        Operation::Link => link::link(maker),
        Operation::Unlink => link::unlink(maker),
        Operation::Act => rule::act(maker),
        Operation::Builtin(_) => builtin(maker),
        Operation::Underived(reason) => {
            vec![about(maker, "").skipped(format!("not derivable: {reason}"))]
        }
    }
}

/// A case about the row of the route's success.
fn about(maker: &Maker<'_, '_>, name: &str) -> About {
    let rows = maker.rows.success(maker.index).into_iter().collect();
    About { name: name.to_owned(), rows, because: Vec::new() }
}

/// What every service has answers without a row, and to everybody.
fn builtin(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index) = (about(maker, ""), maker.index);
    let case = maker.case(about, |scene| {
        let request = scene.request(index, Place::default(), 0)?;
        scene.test(request, Check::Done);
        Ok(())
    });
    vec![case]
}
