//! The cell of an endpoint's row that says who may use it.

use crate::service::Who;

/// What a cell says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) who: Who,
    pub(super) sees_all: Vec<String>,
    /// Whether callers reach their own rows only.
    pub(super) own: bool,
}

const NOBODY: [&str; 18] = [
    "-",
    "–",
    "—",
    "no",
    "none",
    "public",
    "anonymous",
    "open",
    "not required",
    "no auth",
    "n/a",
    "❌",
    "✗",
    "anyone",
    "everyone",
    "unauthenticated",
    "guest",
    "false",
];

const ANY_CALLER: [&str; 28] = [
    "yes",
    "required",
    "bearer",
    "bearer token",
    "bearer jwt",
    "jwt",
    "token",
    "access token",
    "api key",
    "key",
    "✓",
    "✔",
    "✅",
    "user",
    "users",
    "any",
    "any user",
    "any role",
    "all",
    "all roles",
    "authenticated",
    "authenticated user",
    "signed in",
    "logged in",
    "oauth2",
    "any caller",
    "caller",
    "true",
];

const OWN: [&str; 8] =
    ["owner", "own", "owner only", "own rows", "self", "resource owner", "own only", "author"];

/// Who may, by a cell such as `public`, `yes`, `admin`, `owner or admin`, `Bearer (admin)`. `None`
/// for a sentence that only people understand.
pub(super) fn access(text: &str) -> Option<Cell> {
    let text = text.replace(['`', '*', ')'], "").replace('(', ",").to_lowercase();
    let open = || Cell { who: Who::Anybody, sees_all: Vec::new(), own: false };
    if NOBODY.contains(&text.trim()) {
        return Some(open());
    }
    let (mut own, mut any, mut roles) = (false, false, Vec::new());
    let parts = text.replace(" or ", ",").replace(" and ", ",");
    for part in parts.split([',', '/', '|', '+', ';']).map(str::trim).filter(|it| !it.is_empty()) {
        match part {
            it if OWN.contains(&it) => own = true,
            it if ANY_CALLER.contains(&it) => any = true,
            it => roles.push(role(it)?),
        }
    }
    Some(match (own, roles.is_empty()) {
        (true, _) => Cell { who: Who::AnyCaller, sees_all: roles, own },
        // "Bearer (admin)" names the scheme first.
        (false, false) => Cell { who: Who::Roles(roles), sees_all: Vec::new(), own },
        (false, true) if any => Cell { who: Who::AnyCaller, sees_all: Vec::new(), own },
        (false, true) => return None,
    })
}

/// `admin` of "admin only", "role: admin", "admins" and "admin role".
fn role(part: &str) -> Option<String> {
    let part = ["role: ", "role ", "roles: ", "scope: ", "permission: "]
        .iter()
        .find_map(|it| part.strip_prefix(it))
        .unwrap_or(part);
    let part = [" only", " role", " roles", " users", " user", " scope", " required"]
        .iter()
        .fold(part, |part, end| part.strip_suffix(end).unwrap_or(part))
        .trim();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.');
    if part.is_empty() || !part.chars().all(is_part) {
        return None;
    }
    let is_many = part.len() > 3 && !part.ends_with("ss") && !part.contains([':', '.']);
    Some(part.strip_suffix('s').filter(|_| is_many).unwrap_or(part).to_owned())
}
