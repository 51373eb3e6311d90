//! Requests of accounts: who registers, who signs in with what.

use serde_json::Value;

use super::{Filled, Made, Place, Scene, bound};
use crate::case::Possible;
use crate::case::check::{Check, TokenCheck};
use crate::case::request::{Body, Caller, Item, Request, RowId};
use crate::case::value::Size;
use crate::service::{Operation, Session, SessionKind};

/// A password that any rule for them should take.
const PASSWORD: &str = "Verify-7-passwords";

impl<'p> Scene<'_, 'p> {
    /// An account that can sign in: made by the endpoint that registers, or that creates such rows.
    pub(in crate::case) fn account(&mut self, session: &Session) -> Possible<RowId> {
        if let Some((index, registers)) = self.session_of(SessionKind::Register) {
            let (request, (resource, filled)) = self.registration(index, registers)?;
            let row = self.keep(resource, 0, filled);
            self.setup(request, Check::Done);
            return Ok(row);
        }
        let accounts = self.plan.auth.as_ref().and_then(|it| it.accounts.as_ref());
        let resource = accounts.map(|it| it.resource);
        let resource = resource.ok_or_else(|| "the service keeps no accounts".to_owned())?;
        let (index, route) = self.maker(resource)?;
        let (mut request, mut filled) = self.creation(index, route, 0, Size::Usual)?;
        with_password(&mut filled, &session.password);
        request.body = Body::Object(filled.sent.clone());
        let row = self.keep(resource, 0, filled);
        self.setup(request, Check::Made(row));
        Ok(row)
    }

    /// The request of an endpoint of accounts with everything that it needs; a token to refresh
    /// with is one that nobody gave.
    pub(super) fn session_request(&mut self, index: usize, session: &Session) -> Possible<Request> {
        match session.kind {
            SessionKind::Register => Ok(self.registration(index, session)?.0),
            SessionKind::Login => {
                let account = self.account(session)?;
                self.login(index, session, account)
            }
            SessionKind::Refresh => {
                let token = Item::Is(Value::String(self.values.uuid()));
                self.with_body(index, vec![(session.refresh.clone(), token)])
            }
            SessionKind::Logout | SessionKind::Me => self.bare(index),
        }
    }

    /// The request that registers an account, with the account's resource and body.
    pub(in crate::case) fn registration(
        &mut self,
        index: usize,
        session: &Session,
    ) -> Possible<(Request, (usize, Filled))> {
        let route = self.route(index)?;
        let resource = bound(route)?;
        let mut filled = self.body(route, 0, Size::Usual)?;
        with_password(&mut filled, &session.password);
        let request = self.with_body(index, filled.sent.clone())?;
        Ok((request, (resource, filled)))
    }

    /// The request that signs an account in.
    pub(in crate::case) fn login(
        &self,
        index: usize,
        session: &Session,
        account: RowId,
    ) -> Possible<Request> {
        let sent = self.made(account).map(|made| made.sent.as_slice()).unwrap_or_default();
        let value = |member: &str| {
            let found = sent.iter().find(|(name, _)| name == member);
            found.cloned().ok_or_else(|| format!("no account is made with `{member}`"))
        };
        self.with_body(index, vec![value(&session.login)?, value(&session.password)?])
    }

    /// A request without a token, with this body.
    pub(in crate::case) fn with_body(
        &self,
        index: usize,
        sent: Vec<(String, Item)>,
    ) -> Possible<Request> {
        let mut request = self.bare(index)?.by(Caller::Nobody);
        (request.media_type, request.body) = (Some("application/json"), Body::Object(sent));
        Ok(request)
    }

    /// A request to an endpoint whose path names no row.
    pub(in crate::case) fn bare(&self, index: usize) -> Possible<Request> {
        let request = self.request(index, Place::default(), 0)?;
        Ok(Request { media_type: None, body: Body::None, ..request })
    }

    /// A place for an answer that is no row of a table.
    pub(in crate::case) fn answer(&mut self) -> RowId {
        let row = RowId(self.made.len());
        self.made.push(Made { resource: usize::MAX, caller: 0, links: vec![], sent: vec![] });
        row
    }

    /// That the answer has every token that it must.
    pub(in crate::case) fn tokens(
        &self,
        session: &Session,
        index: usize,
        keep: RowId,
    ) -> Possible<Check> {
        let members = session.answer.iter().map(|(name, _)| name.clone()).collect();
        Ok(Check::Tokens(TokenCheck { status: self.route(index)?.success, members, keep }))
    }

    /// The endpoint of accounts of this kind.
    pub(in crate::case) fn session_of(&self, kind: SessionKind) -> Option<(usize, &'p Session)> {
        self.plan.routes.iter().enumerate().find_map(|(at, route)| match &route.operation {
            Operation::Session(session) if session.kind == kind => Some((at, session)),
            _ => None,
        })
    }
}

/// A value that was made for a column of text may be too weak for a password.
fn with_password(filled: &mut Filled, member: &str) {
    filled.sent.retain(|(name, _)| name != member);
    filled.sent.push((member.to_owned(), Item::Is(Value::String(PASSWORD.to_owned()))));
}
