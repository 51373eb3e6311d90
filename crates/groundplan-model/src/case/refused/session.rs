//! Proofs that prove nothing: a wrong password, an unknown account, a token that was made up.

use serde_json::Value;

use crate::case::request::{Body, Item};
use crate::case::{Case, Maker};
use crate::service::{Refusal, Session, SessionKind};

use super::case;

pub(super) fn cases(maker: &mut Maker<'_, '_>, session: &Session) -> Vec<Case> {
    match session.kind {
        SessionKind::Login => vec![wrong_password(maker, session), unknown(maker, session)],
        SessionKind::Refresh => vec![made_up(maker, session)],
        SessionKind::Register | SessionKind::Logout | SessionKind::Me => Vec::new(),
    }
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
