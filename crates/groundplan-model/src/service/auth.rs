//! How callers prove who they are, and what they may then do (rule D7).

use groundplan_syntax::Span;

/// The table in which the service keeps the sessions of its accounts.
pub const SESSIONS: &str = "groundplan_sessions";

/// How the service knows its callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// The ways to prove who calls, in the document's order; at least one.
    pub schemes: Vec<Scheme>,
    /// The sentence, cell or endpoint that asks for it.
    pub span: Span,
    /// The audience that tokens must name, where the document states one.
    pub audience: Option<String>,
    /// The issuer that tokens must name, where the document states one.
    pub issuer: Option<String>,
    /// The callers that the service itself knows, where it has endpoints to sign in.
    pub accounts: Option<Accounts>,
}

/// A way to prove who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// A JSON Web Token in `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// A key in the header of this name.
    ApiKey(String),
}

/// The table of callers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// Index of its resource.
    pub resource: usize,
    /// Position of the column that callers sign in with: their address or name.
    pub login: usize,
    /// Position of the column that keeps the hash of the password.
    pub password: usize,
    /// Position of the column that says which role a caller has.
    pub role: Option<usize>,
    /// Position of the column that says to which tenant a caller belongs.
    pub tenant: Option<usize>,
}

/// Who may use an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Who.
    pub who: Who,
    /// Roles for which it reaches the rows of every owner.
    pub sees_all: Vec<String>,
    /// Where the document says so; `None` for what holds by itself.
    pub span: Option<Span>,
}

/// Those who may use an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Everybody, without any proof.
    Anybody,
    /// Every caller who proves who they are.
    #[default]
    AnyCaller,
    /// Callers with one of these roles.
    Roles(Vec<String>),
}

impl Access {
    /// Whether a caller with this role is let in.
    pub fn admits(&self, role: &str) -> bool {
        match &self.who {
            Who::Anybody | Who::AnyCaller => true,
            Who::Roles(roles) => is_among(roles, role),
        }
    }

    /// Whether a caller with this role reaches the rows of every owner.
    pub fn reaches_all(&self, role: &str) -> bool {
        is_among(&self.sees_all, role)
    }

    /// The role with which an endpoint is to be tried: one that is let in, and that does not see
    /// more than others if there is such a one. `None` where none is needed.
    pub fn usual_role(&self) -> Option<&str> {
        let Who::Roles(roles) = &self.who else { return None };
        let narrow = roles.iter().find(|role| !self.reaches_all(role));
        narrow.or(roles.first()).map(String::as_str)
    }
}

/// Whether a role is among others, however it is spelled.
pub(super) fn is_among(roles: &[String], role: &str) -> bool {
    roles.iter().any(|it| is_role(it, role))
}

/// Whether two spellings are one role: `Admin` and `admin`, `org_admin` and `org-admin`.
fn is_role(one: &str, other: &str) -> bool {
    let plain = |role: &str| role.to_lowercase().replace(['-', ' ', '.'], "_");
    plain(one) == plain(other)
}

/// An endpoint of the service's own accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What it does.
    pub kind: SessionKind,
    /// The member that callers sign in with: `email`.
    pub login: String,
    /// The member that holds the password.
    pub password: String,
    /// The member that holds the token to refresh with.
    pub refresh: String,
    /// The members of the answer.
    pub answer: Vec<(String, Given)>,
}

/// What an endpoint of accounts does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// A new account, and tokens for it.
    Register,
    /// Tokens for an account and its password.
    Login,
    /// New tokens for a refresh token, which is spent.
    Refresh,
    /// The session's tokens hold no longer.
    Logout,
    /// The caller's own account.
    Me,
}

/// What stands for a member of an answer with tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// The token to call with.
    Access,
    /// The token to refresh with.
    Refresh,
    /// `Bearer`
    TokenType,
    /// Seconds for which the access token holds.
    ExpiresIn,
    /// The account's row.
    Account,
    /// Members one level down.
    Object(Vec<(String, Given)>),
}

impl Session {
    /// The member of the answer that holds the refresh token, where it stands at the top.
    pub fn refresh_member(&self) -> Option<&str> {
        let found = self.answer.iter().find(|(_, given)| *given == Given::Refresh);
        found.map(|(name, _)| name.as_str())
    }

    /// The way through the answer to the token to call with.
    pub fn access_path(&self) -> Vec<&str> {
        path_to(&self.answer, &Given::Access).unwrap_or_default()
    }
}

fn path_to<'a>(members: &'a [(String, Given)], wanted: &Given) -> Option<Vec<&'a str>> {
    members.iter().find_map(|(name, given)| match given {
        Given::Object(inner) => {
            let rest = path_to(inner, wanted)?;
            Some(std::iter::once(name.as_str()).chain(rest).collect())
        }
        it => (it == wanted).then(|| vec![name.as_str()]),
    })
}

impl SessionKind {
    /// Whether it has a body with something to prove who calls: a password, a refresh token.
    pub fn asks_for_proof(self) -> bool {
        matches!(self, Self::Login | Self::Refresh)
    }

    /// Whether it takes a body.
    pub fn has_body(self) -> bool {
        matches!(self, Self::Register | Self::Login | Self::Refresh)
    }
}
