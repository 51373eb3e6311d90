//! Endpoints of accounts: register, login, refresh, logout, me.

use std::sync::Arc;

use groundplan_model::schema::Column;
use groundplan_model::service::{Given, Refusal, Session, SessionKind};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::action::create::Create;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::auth::sessions::{self, Spent};
use crate::auth::{TokenClaims, Verifier};
use crate::place::Place;
use crate::refused::{FieldFault, Refused};
use crate::secret;
use crate::store::sql::quote;
use crate::store::{Cell, Db, Head, Row};
use crate::value;
use crate::wire::Shape;

/// How long an access token holds.
const ACCESS_S: i64 = 15 * 60;

/// One endpoint of accounts.
pub(crate) struct Accounts {
    session: Session,
    shape: Shape,
    key: Column,
    login: Column,
    /// The account of a name that is signed in with, and of a key.
    by_login: String,
    by_key: String,
    create: Option<Arc<Create>>,
    statements: Vec<String>,
    success: u16,
    example: Option<Value>,
}

/// An account as it is in the database.
struct Account {
    key: String,
    hash: Option<String>,
    role: Option<String>,
    tenant: Option<String>,
    row: Vec<u8>,
}

impl Accounts {
    /// The endpoint; `None` where the plan does not hold together.
    pub(super) fn new(draft: &Draft<'_>, place: Place, session: &Session) -> Option<Self> {
        let resource = draft.resource;
        let key = resource.column(resource.key_index()?)?.clone();
        let accounts = draft.plan.auth.as_ref().and_then(|it| it.accounts.as_ref());
        let login = accounts.and_then(|it| resource.column(it.login)).unwrap_or(&key).clone();
        let shape = draft.shape();
        let named = |at: Option<usize>| {
            let column = at.and_then(|at| resource.column(at));
            column.map_or_else(|| "NULL".to_owned(), |it| quote(&it.name))
        };
        let columns = format!(
            "{}, {}, {}, {}, {}",
            shape.columns(),
            quote(&key.name),
            named(accounts.map(|it| it.password)),
            named(accounts.and_then(|it| it.role)),
            named(accounts.and_then(|it| it.tenant)),
        );
        let select = |by: &Column| {
            format!("SELECT {columns} FROM {} WHERE {} = ?5", place.table, quote(&by.name))
        };
        let (by_login, by_key) = (select(&login), select(&key));
        let registers = session.kind == SessionKind::Register;
        let keeps = session.kind != SessionKind::Me;
        Some(Self {
            session: session.clone(),
            statements: if keeps { sessions::statements() } else { Vec::new() },
            create: registers.then(|| Arc::new(Create::new(draft, place))),
            success: draft.route.success,
            example: draft.route.response_example.clone(),
            shape,
            key,
            login,
            by_login,
            by_key,
        })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.by_login.as_str(), self.by_key.as_str()].into_iter();
        let create = self.create.as_ref().map(|it| it.statements()).unwrap_or_default();
        own.chain(self.statements.iter().map(String::as_str)).chain(create).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        match self.session.kind {
            SessionKind::Register => self.register(call).await,
            SessionKind::Login => self.login(&call).await,
            SessionKind::Refresh => self.refresh(&call).await,
            SessionKind::Logout => self.logout(&call).await,
            SessionKind::Me => self.me(&call).await,
        }
    }

    /// A new account, signed in at once.
    async fn register(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let create = self.create.as_ref().ok_or_else(Refused::not_found)?;
        let (caller, body) = (call.caller.clone(), call.body.clone());
        let again = Call { store: call.store.clone(), caller, body, ..call };
        create.run(call).await?;
        self.login(&again).await
    }

    async fn login(self: &Arc<Self>, call: &Call<'_>) -> Result<Response, Refused> {
        let names = [self.session.login.as_str(), self.session.password.as_str()];
        let (name, password) = match words(&call.body, &names)?.as_slice() {
            [name, password] => (name.clone(), password.clone()),
            _ => return Err(Refused::not_found()),
        };
        // A name that the column cannot hold is nobody's; that must take as long to say.
        let found = match value::from_json(&self.login, Value::String(name)) {
            Ok(name) => self.account(call, name, true).await?,
            Err(_) => None,
        };
        let hash = found.as_ref().and_then(|it| it.hash.clone());
        let is_it = secret::is_password(password, hash).await?;
        let account = found.filter(|_| is_it).ok_or_else(|| {
            let message = "no account has this name and password";
            Refused::new(Refusal::Unauthenticated, message)
        })?;
        let now_s = Timestamp::now().as_second();
        let (session, token) =
            sessions::begin(call.store.plain(), account.key.clone(), now_s).await?;
        self.give(call, &account, session.name, token, now_s)
    }

    async fn refresh(self: &Arc<Self>, call: &Call<'_>) -> Result<Response, Refused> {
        let names = [self.session.refresh.as_str()];
        let token = words(&call.body, &names)?.into_iter().next().unwrap_or_default();
        let now_s = Timestamp::now().as_second();
        let (spent, next) = sessions::renew(call.store.plain(), &token, now_s).await?;
        let session = match spent {
            Spent::Renewed(session) => session,
            Spent::Unknown => {
                return Err(not_held("the refresh token does not hold; sign in again"));
            }
            Spent::Again => {
                verifier(call)?.forget();
                let message = "the refresh token was spent before, so its session has ended";
                return Err(not_held(message));
            }
        };
        let key = value::from_text(&self.key, &session.account);
        let account = match key {
            Ok(key) => self.account(call, key, false).await?,
            Err(_) => None,
        };
        let account = account.ok_or_else(|| not_held("the account is gone"))?;
        self.give(call, &account, session.name, next, now_s)
    }

    /// Ends the session of the token that the request is made with.
    async fn logout(self: &Arc<Self>, call: &Call<'_>) -> Result<Response, Refused> {
        let verifier = verifier(call)?;
        if let Some(session) = verifier.session(&call.parts.headers) {
            sessions::close(call.store.plain(), &session).await?;
            verifier.forget();
        }
        let body = self.example.clone().unwrap_or_else(|| json!({}));
        Ok(answer::json(self.success, body.to_string().into_bytes()))
    }

    async fn me(self: &Arc<Self>, call: &Call<'_>) -> Result<Response, Refused> {
        let key = value::from_text(&self.key, &call.caller.subject);
        let key = key.map_err(|_| Refused::not_found())?;
        let account = self.account(call, key, false).await?.ok_or_else(Refused::not_found)?;
        Ok(answer::json(self.success, account.row))
    }

    /// The account that signs in with a name, or has a key.
    async fn account(
        self: &Arc<Self>,
        call: &Call<'_>,
        value: Cell,
        by_login: bool,
    ) -> Result<Option<Account>, Refused> {
        let (this, caller) = (Arc::clone(self), call.caller.clone());
        let look = move |db: &Db<'_>| {
            let sql = if by_login { &this.by_login } else { &this.by_key };
            Ok(db.first(sql, &Head::of(&caller), &[value], |row| this.read(row))?)
        };
        call.store.read(look).await
    }

    fn read(&self, row: &Row<'_>) -> Account {
        let text = |at: usize| match row.cell(self.shape.len() + at) {
            Cell::Text(text) => Some(text),
            Cell::Integer(number) => Some(number.to_string()),
            _ => None,
        };
        let mut shown = Vec::with_capacity(256);
        self.shape.write(row, &mut shown);
        Account {
            key: text(0).unwrap_or_default(),
            hash: text(1),
            role: text(2),
            tenant: text(3),
            row: shown,
        }
    }

    /// The answer with tokens for `account`.
    fn give(
        &self,
        call: &Call<'_>,
        account: &Account,
        session: String,
        refresh: String,
        now_s: i64,
    ) -> Result<Response, Refused> {
        let claims = TokenClaims {
            roles: account.role.iter().cloned().collect(),
            tenant: account.tenant.clone(),
            session: Some(session),
            ..TokenClaims::of(&account.key, now_s.saturating_add(ACCESS_S))
        };
        let access = verifier(call)?.sign(claims);
        let body = members(&self.session.answer, &access, &refresh, account);
        let mut response = answer::json(self.success, body.to_string().into_bytes());
        // RFC 6749, section 5.1.
        let no_store = http::HeaderValue::from_static("no-store");
        response.headers_mut().insert(http::header::CACHE_CONTROL, no_store);
        Ok(response)
    }
}

fn members(wanted: &[(String, Given)], access: &str, refresh: &str, account: &Account) -> Value {
    let value = |given: &Given| match given {
        Given::Access => json!(access),
        Given::Refresh => json!(refresh),
        Given::TokenType => json!("Bearer"),
        Given::ExpiresIn => json!(ACCESS_S),
        Given::Account => serde_json::from_slice(&account.row).unwrap_or_default(),
        Given::Object(inner) => members(inner, access, refresh, account),
    };
    let all = wanted.iter().map(|(name, given)| (name.clone(), value(given)));
    Value::Object(all.collect::<Map<_, _>>())
}

/// Members of a body that must be texts. Others may stand beside them.
fn words(body: &[u8], names: &[&str]) -> Result<Vec<String>, Refused> {
    let malformed = |error: serde_json::Error| {
        Refused::new(Refusal::MalformedBody, format!("the body is no JSON object: {error}"))
    };
    let members: Map<String, Value> = serde_json::from_slice(body).map_err(malformed)?;
    let mut faults = Vec::new();
    let mut words = Vec::new();
    for name in names {
        match members.get(*name) {
            Some(Value::String(text)) => words.push(text.clone()),
            Some(_) => faults.push(FieldFault::new(name, "must be a string")),
            None => faults.push(FieldFault::new(name, "is required")),
        }
    }
    if faults.is_empty() {
        return Ok(words);
    }
    Err(Refused::fields(Refusal::InvalidField, "the body does not fit", faults))
}

fn verifier<'a>(call: &Call<'a>) -> Result<&'a Verifier, Refused> {
    call.verifier.ok_or_else(Refused::unavailable)
}

fn not_held(message: &'static str) -> Refused {
    Refused { invalid_token: true, ..Refused::new(Refusal::Unauthenticated, message) }
}
