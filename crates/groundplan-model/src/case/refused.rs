//! Cases of refusal: requests with exactly one broken rule.

mod absent;
mod body;
mod conflict;
mod file;
mod limit;
mod reference;
mod role;
mod rule;
mod session;
mod stale;
mod token;

use crate::service::{Operation, Refusal};

use super::check::{Check, ErrorCheck};
use super::scene::{About, Scene};
use super::{Because, Case, Maker, Possible};

/// The cases of every refusal that some row of the document has a status for.
pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if matches!(maker.route.operation, Operation::Underived(_)) {
        return Vec::new();
    }
    let mut cases = Vec::new();
    for refusal in maker.plan.refusals(maker.route) {
        if !about(maker, refusal, "").rows.is_empty() {
            cases.extend(provoke(maker, refusal));
        }
    }
    cases
}

fn provoke(maker: &mut Maker<'_, '_>, refusal: Refusal) -> Vec<Case> {
    if let Operation::Session(session) = &maker.route.operation
        && let Some(cases) = session::provoke(maker, session, refusal)
    {
        return cases;
    }
    let is_upload = matches!(maker.route.operation, Operation::Upload(_));
    match refusal {
        Refusal::MalformedBody if is_upload => file::malformed(maker),
        Refusal::UnsupportedMediaType if is_upload => file::media_type(maker),
        Refusal::TooLarge if is_upload => file::too_large(maker),
        Refusal::InvalidField if is_upload => file::without(maker),
        Refusal::MalformedBody => body::malformed(maker),
        Refusal::UnsupportedMediaType => body::media_type(maker),
        Refusal::TooLarge => body::too_large(maker),
        Refusal::InvalidField => body::fields(maker),
        Refusal::InvalidParameter => body::parameters(maker),
        Refusal::Unauthenticated => token::cases(maker),
        Refusal::Forbidden => role::cases(maker),
        Refusal::NotFound => absent::cases(maker),
        Refusal::UnknownReference => reference::unknown(maker),
        Refusal::StillReferred => reference::still_referred(maker),
        Refusal::Duplicate => conflict::duplicate(maker),
        Refusal::IllegalTransition => conflict::transition(maker),
        Refusal::RuleBroken => rule::cases(maker),
        Refusal::QuotaReached => limit::quota(maker),
        Refusal::RateLimited => limit::rate(maker),
        Refusal::PreconditionFailed => stale::named(maker),
        Refusal::PreconditionRequired => stale::missing(maker),
        // What a request must have about it for these is nothing that documents have rows for.
        Refusal::NotAcceptable | Refusal::KeyReused | Refusal::KeyRunning => Vec::new(),
        // Only a database that fails causes it, and a request cannot make it fail.
        Refusal::Unavailable => Vec::new(),
    }
}

/// A case about the rows that document the refusal's status.
fn about(maker: &Maker<'_, '_>, refusal: Refusal, name: &str) -> About {
    let status = maker.plan.refusal_status(maker.route, refusal);
    let rows = maker.rows.documenting(maker.index, status);
    About { name: name.to_owned(), rows, because: Vec::new() }
}

fn check(maker: &Maker<'_, '_>, refusal: Refusal) -> ErrorCheck {
    ErrorCheck::new(maker.plan.refusal_status(maker.route, refusal), refusal)
}

/// A case whose last request must be refused.
fn case<'p>(
    maker: &mut Maker<'_, 'p>,
    refusal: Refusal,
    name: &str,
    build: impl FnOnce(&mut Scene<'_, 'p>, Check) -> Possible<()>,
) -> Case {
    let (about, check) = (about(maker, refusal, name), check(maker, refusal));
    maker.case(about, |scene| build(scene, Check::Error(check)))
}

/// Says which place makes the rule that a case breaks.
fn because(case: Case, span: groundplan_syntax::Span, message: impl Into<String>) -> Case {
    Case { because: vec![Because { span, message: message.into() }], ..case }
}
