//! Proofs that prove nothing: a wrong password, an unknown account, a token that was made up.

use serde_json::{Value, json};

use crate::case::check::Check;
use crate::case::request::{Body, Item};
use crate::case::{Case, Maker};
use crate::service::{Refusal, Session, SessionKind};

use super::case;

/// The cases of an endpoint that gives tokens; `None` where it refuses as any other does.
pub(super) fn provoke(
    maker: &mut Maker<'_, '_>,
    session: &Session,
    refusal: Refusal,
) -> Option<Vec<Case>> {
    let asks = session.kind.asks_for_proof();
    match refusal {
        Refusal::Unauthenticated if asks => Some(cases(maker, session)),
        Refusal::InvalidField if asks => Some(fields(maker, session)),
        Refusal::Duplicate => Some(vec![registered_before(maker)]),
        _ => None,
    }
}

fn cases(maker: &mut Maker<'_, '_>, session: &Session) -> Vec<Case> {
    match session.kind {
        SessionKind::Login => vec![wrong_password(maker, session), unknown(maker, session)],
        SessionKind::Refresh => vec![made_up(maker, session)],
        SessionKind::Register | SessionKind::Logout | SessionKind::Me => Vec::new(),
    }
}

fn registered_before(maker: &mut Maker<'_, '_>) -> Case {
    let index = maker.index;
    case(maker, Refusal::Duplicate, "of an account that is there", |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        scene.setup(request.clone(), Check::Done);
        scene.test(request, check);
        Ok(())
    })
}

/// Each member left out, and each with a number in the place of a text.
fn fields(maker: &mut Maker<'_, '_>, session: &Session) -> Vec<Case> {
    let members: Vec<&String> = match session.kind {
        SessionKind::Login => vec![&session.login, &session.password],
        _ => vec![&session.refresh],
    };
    let faults = [("without", None), ("with a number as", Some(json!(7)))];
    let mut cases = Vec::new();
    for member in &members {
        for (name, value) in &faults {
            cases.push(fault(maker, &members, member, name, value.clone()));
        }
    }
    cases
}

fn fault(
    maker: &mut Maker<'_, '_>,
    members: &[&String],
    member: &str,
    name: &str,
    value: Option<Value>,
) -> Case {
    let index = maker.index;
    case(maker, Refusal::InvalidField, &format!("{name} `{member}`"), |scene, check| {
        let others = members.iter().filter(|it| **it != member);
        let text = |name: &&String| ((*name).clone(), Item::Is(json!("anything")));
        let mut sent: Vec<(String, Item)> = others.map(text).collect();
        sent.extend(value.map(|it| (member.to_owned(), Item::Is(it))));
        scene.test(scene.with_body(index, sent)?, check);
        Ok(())
    })
}

fn wrong_password(maker: &mut Maker<'_, '_>, session: &Session) -> Case {
    let index = maker.index;
    case(maker, Refusal::Unauthenticated, "with a wrong password", |scene, check| {
        let account = scene.account(session)?;
        let mut request = scene.login(index, session, account)?;
        set(&mut request.body, &session.password, "not the password of anybody");
        scene.test(request, check);
        Ok(())
    })
}

fn unknown(maker: &mut Maker<'_, '_>, session: &Session) -> Case {
    let index = maker.index;
    case(maker, Refusal::Unauthenticated, "of an unknown account", |scene, check| {
        let account = scene.account(session)?;
        let mut request = scene.login(index, session, account)?;
        let nobody = format!("{}@example.com", scene.values.uuid());
        set(&mut request.body, &session.login, &nobody);
        scene.test(request, check);
        Ok(())
    })
}

fn made_up(maker: &mut Maker<'_, '_>, session: &Session) -> Case {
    let index = maker.index;
    case(
        maker,
        Refusal::Unauthenticated,
        "with a refresh token that nobody gave",
        |scene, check| {
            let token = Item::Is(Value::String(scene.values.uuid()));
            let request = scene.with_body(index, vec![(session.refresh.clone(), token)])?;
            scene.test(request, check);
            Ok(())
        },
    )
}

fn set(body: &mut Body, member: &str, text: &str) {
    if let Body::Object(sent) = body {
        sent.retain(|(name, _)| name != member);
        sent.push((member.to_owned(), Item::Is(Value::String(text.to_owned()))));
    }
}
