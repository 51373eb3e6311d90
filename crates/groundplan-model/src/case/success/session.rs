//! Accounts: tokens are given, hold, are renewed and taken back.

use crate::case::check::{Check, ErrorCheck, RowCheck};
use crate::case::request::{Caller, Item, Request, RowId};
use crate::case::scene::{Scene, glance};
use crate::case::{Case, Maker, Possible};
use crate::service::{Operation, Refusal, Session, SessionKind};

use super::about;

pub(super) fn cases(maker: &mut Maker<'_, '_>, session: &Session) -> Vec<Case> {
    let (about, index) = (about(maker, ""), maker.index);
    let case = maker.case(about, |scene| match session.kind {
        SessionKind::Register => register(scene, index, session),
        SessionKind::Login => login(scene, index, session),
        SessionKind::Refresh => refresh(scene, index, session),
        SessionKind::Logout => logout(scene, index),
        SessionKind::Me => me(scene, index),
    });
    vec![case]
}

/// A new account, whose tokens hold.
fn register(scene: &mut Scene<'_, '_>, index: usize, session: &Session) -> Possible<()> {
    let (request, filled) = scene.registration(index, session)?;
    let tokens = scene.keep(filled.0, 0, filled.1);
    scene.test(request, scene.tokens(session, index, tokens)?);
    holds(scene, tokens)
}

fn login(scene: &mut Scene<'_, '_>, index: usize, session: &Session) -> Possible<()> {
    let account = scene.account(session)?;
    let request = scene.login(index, session, account)?;
    let tokens = scene.answer();
    scene.test(request, scene.tokens(session, index, tokens)?);
    holds(scene, tokens)
}

/// A refresh token is good for one renewal.
fn refresh(scene: &mut Scene<'_, '_>, index: usize, session: &Session) -> Possible<()> {
    let old = signed_in(scene)?;
    let request = renewal(scene, index, session, old)?;
    let new = scene.answer();
    scene.test(request.clone(), scene.tokens(session, index, new)?);
    holds(scene, new)?;
    refused(scene, index, request)
}

/// After it, neither token of the session holds.
fn logout(scene: &mut Scene<'_, '_>, index: usize) -> Possible<()> {
    let tokens = signed_in(scene)?;
    let request = scene.bare(index)?.by(Caller::Token(tokens));
    let status = scene.route(index)?.success;
    let check = if status == 204 { Check::Empty(status) } else { Check::Done };
    scene.test(request.clone(), check);
    refused(scene, index, request)?;
    if let Some((at, session)) = scene.session_of(SessionKind::Refresh)
        && let Ok(request) = renewal(scene, at, session, tokens)
    {
        refused(scene, at, request)?;
    }
    Ok(())
}

/// The caller's own account.
fn me(scene: &mut Scene<'_, '_>, index: usize) -> Possible<()> {
    let Some((at, session)) = scene.session_of(SessionKind::Login) else {
        return Err("no endpoint signs a caller in".to_owned());
    };
    let account = scene.account(session)?;
    let login = scene.login(at, session, account)?;
    let tokens = scene.answer();
    let given = scene.tokens(session, at, tokens)?;
    scene.setup(login, given);
    let route = scene.route(index)?;
    let known = vec![(session.login.clone(), Item::Of(account, session.login.clone()))];
    let check = RowCheck { known, whole: true, ..glance(route)? };
    scene.test(scene.bare(index)?.by(Caller::Token(tokens)), Check::Row(check));
    Ok(())
}

/// The tokens of an account that was just signed in.
fn signed_in(scene: &mut Scene<'_, '_>) -> Possible<RowId> {
    let found = scene.session_of(SessionKind::Login);
    let (at, session) = found.ok_or_else(|| "no endpoint signs a caller in".to_owned())?;
    let account = scene.account(session)?;
    let request = scene.login(at, session, account)?;
    let tokens = scene.answer();
    let check = scene.tokens(session, at, tokens)?;
    scene.setup(request, check);
    Ok(tokens)
}

/// The request that spends the refresh token of `tokens`.
fn renewal(
    scene: &Scene<'_, '_>,
    index: usize,
    session: &Session,
    tokens: RowId,
) -> Possible<Request> {
    let login = scene.session_of(SessionKind::Login);
    let member = login.and_then(|(_, login)| login.refresh_member());
    let member = member.ok_or_else(|| "no answer shows a refresh token".to_owned())?;
    scene.with_body(index, vec![(session.refresh.clone(), Item::Of(tokens, member.to_owned()))])
}

/// Adds a look whether the token is let in, where some endpoint needs nothing but one.
fn holds(scene: &mut Scene<'_, '_>, tokens: RowId) -> Possible<()> {
    if let Some((me, _)) = scene.session_of(SessionKind::Me) {
        scene.after(scene.bare(me)?.by(Caller::Token(tokens)), Check::Done);
    }
    Ok(())
}

/// Adds a look whether the same request is refused now.
fn refused(scene: &mut Scene<'_, '_>, index: usize, request: Request) -> Possible<()> {
    let route = scene.route(index)?;
    let asks = match &route.operation {
        Operation::Session(session) => session.kind != SessionKind::Register,
        _ => false,
    };
    let status = scene.plan.refusal_status(route, Refusal::Unauthenticated);
    if asks {
        scene.after(request, Check::Error(ErrorCheck::new(status, Refusal::Unauthenticated)));
    }
    Ok(())
}
