//! Endpoints of the service's own accounts (rule D4): register, login, refresh, logout, me; and the
//! table of callers that they work on, made where the document has none.

mod answer;
mod principal;
mod sessions;
#[cfg(test)]
mod tests;

use super::bind::Target;
use super::names::snake;
use super::statements::Statement;
use super::{examples, note};
use crate::document::{Document, Method};
use crate::schema::Table;
use crate::service::{
    Accounts, Auth, Binding, Evidence, Note, NoteLevel, Operation, Resource, Route, Segment,
    Session, SessionKind,
};

const LOGIN: [&str; 7] =
    ["login", "log-in", "signin", "sign-in", "sign_in", "token", "authenticate"];
const REGISTER: [&str; 5] = ["register", "signup", "sign-up", "sign_up", "registration"];
const REFRESH: [&str; 3] = ["refresh", "refresh-token", "refresh_token"];
const LOGOUT: [&str; 5] = ["logout", "log-out", "signout", "sign-out", "sign_out"];
const ME: [&str; 3] = ["me", "current", "whoami"];

/// Words that stand before those that mean something else elsewhere: `/prompts/refresh`.
const BEFORE: [&str; 8] =
    ["auth", "authentication", "token", "tokens", "session", "user", "users", "account"];

/// The callers that endpoints of accounts are about.
pub(super) struct Principals {
    resource: usize,
    accounts: Option<Accounts>,
}

impl Principals {
    pub(super) fn accounts(self) -> Option<Accounts> {
        self.accounts
    }
}

/// Whether the statement is of an endpoint that gives tokens.
pub(super) fn signs_in(statement: &Statement) -> bool {
    matches!(kind(statement), Some(SessionKind::Login))
}

/// Whether the route makes an account.
pub(super) fn is_registration(route: &Route) -> bool {
    let last = route.path.last();
    let is_it =
        |it: &Segment| matches!(it, Segment::Literal(word) if REGISTER.contains(&word.as_str()));
    route.operation == Operation::Create && last.is_some_and(is_it)
}

/// The table of callers, where endpoints are about them.
pub(super) fn principals(
    document: &Document,
    statements: &[Statement],
    resources: &mut Vec<Resource>,
    notes: &mut Vec<Note>,
) -> Option<Principals> {
    let of = |wanted: &[SessionKind]| {
        statements.iter().find(|it| kind(it).is_some_and(|kind| wanted.contains(&kind)))
    };
    let keeps = of(&[SessionKind::Login]).or_else(|| of(&[SessionKind::Register]));
    let Some(statement) = keeps else {
        of(&[SessionKind::Me])?;
        let resource = principal::table(resources)?;
        return Some(Principals { resource, accounts: None });
    };
    let open = of(&[SessionKind::Register]).is_some();
    let shown = examples::request(document, statement);
    let accounts = principal::accounts(resources, statement, shown.as_ref(), open, notes);
    Some(Principals { resource: accounts.resource, accounts: Some(accounts) })
}

/// The tables that accounts need beyond their own.
pub(super) fn own_tables(auth: Option<&Auth>) -> Vec<Table> {
    let accounts = auth.and_then(|it| Some((it.accounts.as_ref()?, it.span)));
    accounts.map(|(_, span)| sessions::table(span)).into_iter().collect()
}

/// What an endpoint of accounts does; `None` where the statement is of another.
pub(super) fn target(
    document: &Document,
    statement: &Statement,
    principals: Option<&Principals>,
    resources: &[Resource],
    notes: &mut Vec<Note>,
) -> Option<Target> {
    let (kind, principals) = (kind(statement)?, principals?);
    let resource = resources.get(principals.resource)?;
    let response = examples::response(document, statement);
    let answer = answer::members(response.as_ref());
    if principals.accounts.is_none() && kind != SessionKind::Me {
        return None;
    }
    let binding = Binding { resource: principals.resource, key: None, parent: None, value: None };
    let says = format!("{} of `{}`", verb(kind), resource.table.name);
    let evidence = vec![Evidence { rule: "D4", note: says, span: statement.span }];
    let gives = answer.as_ref().is_some_and(|it| answer::gives_access(it));
    if kind == SessionKind::Register && !gives {
        return Some(Target { operation: Operation::Create, binding: Some(binding), evidence });
    }
    if kind == SessionKind::Login && response.is_some() && !gives {
        let message =
            "the documented answer shows no token: the usual members are answered".to_owned();
        note(notes, NoteLevel::Assumption, "D4", statement.span, message);
    }
    let answer = answer.filter(|_| gives).unwrap_or_else(answer::usual);
    let request = examples::request(document, statement);
    let session = Session { kind, answer, ..names(resource, principals, request.as_ref()) };
    Some(Target { operation: Operation::Session(session), binding: Some(binding), evidence })
}

/// What members of bodies are called.
fn names(
    resource: &Resource,
    principals: &Principals,
    request: Option<&serde_json::Value>,
) -> Session {
    let field = |at: Option<usize>, usual: &str| {
        let named = at.and_then(|at| resource.fields.get(at)).map(|it| it.name.clone());
        named.unwrap_or_else(|| usual.to_owned())
    };
    let accounts = principals.accounts.as_ref();
    let keys: Vec<&String> =
        request.and_then(|it| it.as_object()).into_iter().flat_map(|it| it.keys()).collect();
    // The example's spelling counts: `userName` for the column `user_name`.
    let shown = |name: String| {
        let same = |key: &&&String| snake(key) == snake(&name);
        keys.iter().find(same).map_or(name.clone(), |key| (*key).clone())
    };
    let refresh = keys.iter().find(|key| key.to_lowercase().contains("refresh"));
    Session {
        kind: SessionKind::Me,
        login: shown(field(accounts.map(|it| it.login), "email")),
        password: shown(field(accounts.map(|it| it.password), "password")),
        refresh: refresh.map_or_else(|| "refresh_token".to_owned(), |key| (*key).clone()),
        answer: Vec::new(),
    }
}

fn verb(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Register => "registers a row",
        SessionKind::Login => "checks the password of a row",
        SessionKind::Refresh => "renews the tokens of a row",
        SessionKind::Logout => "ends the session of a row",
        SessionKind::Me => "reads the caller's own row",
    }
}

/// What the path and method say.
fn kind(statement: &Statement) -> Option<SessionKind> {
    let literal = |at: usize| match statement.path.get(at) {
        Some(Segment::Literal(word)) => Some(word.to_lowercase()),
        _ => None,
    };
    if statement.path.iter().any(|it| matches!(it, Segment::Parameter(_))) {
        return None;
    }
    let count = statement.path.len();
    let last = literal(count.checked_sub(1)?)?;
    let before = count.checked_sub(2).and_then(literal);
    let is_near = before.as_deref().is_none_or(|it| BEFORE.contains(&it) || is_base(it));
    let is = |words: &[&str]| words.contains(&last.as_str());
    match statement.method {
        Method::Post if is(&REGISTER) => Some(SessionKind::Register),
        Method::Post if is(&LOGIN) && is_near => Some(SessionKind::Login),
        Method::Post if is(&REFRESH) && is_near => Some(SessionKind::Refresh),
        Method::Post | Method::Delete if is(&LOGOUT) => Some(SessionKind::Logout),
        Method::Get if is(&ME) && is_near => Some(SessionKind::Me),
        _ => None,
    }
}

fn is_base(word: &str) -> bool {
    let version =
        word.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    version || matches!(word, "api" | "rest" | "oauth" | "oauth2")
}
