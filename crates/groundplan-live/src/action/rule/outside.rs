//! Calls of other services: made before the transaction of the write begins, so that no lock waits
//! for a network.
//!
//! The rule is gone through on what is there, without a write, as far as its next call; the answer is
//! kept, and so on. In the transaction all conditions are looked at again, and where a call would not
//! be the same any more, the request is refused.

use std::sync::Arc;

use groundplan_model::service::{Otherwise, OutsideCall, Piece, Refusal};
use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::evaluate::{Evaluation, Value};
use super::{Ground, Rule};
use crate::action::Call;
use crate::outside::{Request, Unserved, escaped};
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Cell, Db};
use crate::validate::Sent;

/// What other services answered to the calls of a rule, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    /// The time of the request, once something was asked.
    pub(super) now: Option<Timestamp>,
    pub(super) asked: Vec<Asked>,
}

/// A call that was made.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) request: Request,
    /// `None` where the rule goes on without an answer.
    answer: Option<Json>,
}

/// How far a rule went.
pub(super) enum Went {
    /// To its end; these columns of its own row are the operation's to store.
    Through(Vec<(usize, Cell)>),
    /// To a call that has no answer yet.
    Asks(Request),
}

/// An operation with a rule.
pub(in crate::action) trait Ruled: Send + Sync + 'static {
    fn place(&self) -> &Place;

    fn rule(&self) -> Option<&Rule>;

    /// Whether the body holds the row's fields, and whether the row is not there yet; else it holds
    /// the members that the rule reads.
    fn fields(&self) -> Option<bool> {
        None
    }
}

/// Asks the services that the rule of `ruled` calls, and keeps their answers in `target`.
pub(in crate::action) async fn ask<R: Ruled>(
    ruled: &Arc<R>,
    call: &Call<'_>,
    target: &mut Target,
    sent: &Sent,
) -> Result<(), Refused> {
    let calls = ruled.rule().into_iter().flat_map(|rule| rule.plan.calls());
    // In a box: every action would have room for a call, and nearly none makes one.
    match calls.count() {
        0 => Ok(()),
        _ => Box::pin(ask_all(ruled, call, target, sent)).await,
    }
}

async fn ask_all<R: Ruled>(
    ruled: &Arc<R>,
    call: &Call<'_>,
    target: &mut Target,
    sent: &Sent,
) -> Result<(), Refused> {
    let calls = ruled.rule().into_iter().flat_map(|rule| rule.plan.calls());
    for one in calls {
        target.answers.now.get_or_insert_with(Timestamp::now);
        let (this, caller, sent) = (Arc::clone(ruled), call.caller.clone(), sent.clone());
        let mut there = target.clone();
        let look = move |db: &Db<'_>| {
            this.place().enter(db, &caller, &mut there)?;
            let Some(rule) = this.rule() else { return Ok(None) };
            let (body, row) = match this.fields() {
                None => (sent, None),
                Some(is_new) => (rule.members_of(&sent), is_new.then_some(sent)),
            };
            let (target, row) = (&there, row.as_deref());
            rule.next(&Ground { db, caller: &caller, target, body, row, dry: true })
        };
        let Some(request) = call.store.read(look).await? else { return Ok(()) };
        let answer = answer(one, &request, call).await?;
        target.answers.asked.push(Asked { request, answer });
    }
    Ok(())
}

async fn answer(
    one: &OutsideCall,
    request: &Request,
    call: &Call<'_>,
) -> Result<Option<Json>, Refused> {
    let service = call.services.get(one.service).ok_or_else(Refused::unavailable)?;
    match (service.ask(request, one.example.as_ref(), call.terms).await, &one.otherwise) {
        (Ok(answer), _) => Ok(Some(answer)),
        (Err(_), Otherwise::Skip) => Ok(None),
        (Err(unserved), Otherwise::Refuse { status, message }) => {
            let message = message.clone().unwrap_or_else(|| silent(&service.plan.title));
            Err(refused(&unserved, *status, message))
        }
    }
}

fn silent(title: &str) -> String {
    format!("{title} does not answer; try again later")
}

fn refused(unserved: &Unserved, status: Option<u16>, message: String) -> Refused {
    // Whoever is told that the request itself is wrong need not come again.
    let passes = status.is_none_or(|status| status >= 500);
    let wait = unserved.retry_after.filter(|_| passes);
    let retry_after_s = wait.map(|it| it.as_secs().max(1));
    Refused { status, retry_after_s, ..Refused::new(Refusal::Unavailable, message) }
}

/// The refusal of a request whose rows changed while another service was asked about them.
pub(super) fn changed() -> Refused {
    let message = "the row changed while another service was asked; try again";
    Refused { retry_after_s: Some(1), ..Refused::new(Refusal::Unavailable, message) }
}

/// The refusal where another service's answer cannot be stored: that is not the client's fault.
pub(super) fn unfit(column: &str, fault: &str) -> Refused {
    let message = format!("another service's answer does not fit: `{column}` {fault}");
    Refused { status: Some(502), ..Refused::new(Refusal::Unavailable, message) }
}

impl Rule {
    /// The next call that has no answer yet; refuses where a condition before it does not hold.
    fn next(&self, ground: &Ground<'_>) -> Result<Option<Request>, Refused> {
        Ok(match self.go(ground)? {
            Went::Through(_) => None,
            Went::Asks(request) => Some(request),
        })
    }
}

impl Evaluation<'_> {
    /// A call with its values.
    pub(super) fn request(&mut self, call: &OutsideCall) -> Result<Request, Refused> {
        let mut path = Some(String::new());
        for piece in &call.path {
            let text = match piece {
                Piece::Literal(text) => Some(text.clone()),
                Piece::Value(value) => self.value(value)?.written().and_then(|it| escaped(&it)),
            };
            path = path.zip(text).map(|(path, text)| path + &text);
        }
        let mut body = Map::new();
        for (name, value) in &call.body {
            body.insert(name.clone(), self.value(value)?.sent());
        }
        let body = Some(Json::Object(body)).filter(|_| !call.body.is_empty());
        Ok(Request { method: call.method, path, body })
    }

    /// A member of an answer.
    pub(super) fn answered(&self, call: usize, member: usize) -> Value {
        let asked = self.ground.target.answers.asked.get(call);
        let plan = self.rule.plan.calls().nth(call);
        let member = plan.and_then(|plan| plan.members.get(member));
        let (Some(answer), Some(member)) = (asked.and_then(|it| it.answer.as_ref()), member) else {
            return Value::Null;
        };
        let mut found = Some(answer);
        for name in &member.path {
            found = found.and_then(|it| it.get(name));
        }
        found.map_or(Value::Null, |it| Value::answered(it, member.kind))
    }
}
