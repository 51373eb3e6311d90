//! What a token says of its caller, in the names that identity providers use.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::SUBJECT_BYTES;
use crate::caller::Caller;

/// Claims that name a caller's tenant; the first that is there counts.
const TENANTS: [&str; 7] =
    ["tenant_id", "tenant", "org_id", "organization_id", "organisation_id", "workspace_id", "tid"];

/// Claims that hold roles, as a list or as words.
const ROLES: [&str; 6] = ["roles", "role", "groups", "permissions", "scope", "scp"];

/// Roles of one caller that are kept; a token has few.
const MOST_ROLES: usize = 64;

/// The claims of a token that was checked.
pub(super) type Claims = Map<String, Value>;

/// Whom the claims are about; `None` where they name nobody that rows could belong to.
pub(super) fn caller(claims: &Claims) -> Option<Caller> {
    let subject = word(claims.get("sub")?)?;
    let tenant = TENANTS.iter().find_map(|name| word(claims.get(*name)?));
    let roles: Arc<[String]> = roles(claims).into();
    Some(Caller { subject: subject.into(), tenant: tenant.map(Into::into), roles })
}

/// When it ends to hold, in seconds since 1970.
pub(super) fn expires(claims: &Claims) -> i64 {
    let number = claims.get("exp").and_then(Value::as_f64).unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let seconds = number as i64;
    seconds
}

/// The session of the service's own accounts that it belongs to.
pub(super) fn session(claims: &Claims) -> Option<&str> {
    claims.get("sid")?.as_str()
}

fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let fits = !text.is_empty() && text.len() <= SUBJECT_BYTES && !text.contains('\0');
    fits.then_some(text)
}

fn roles(claims: &Claims) -> Vec<String> {
    // Keycloak keeps them one level down.
    let realm = claims.get("realm_access").and_then(|it| it.get("roles"));
    let values = ROLES.iter().filter_map(|name| claims.get(*name)).chain(realm);
    let mut roles: Vec<String> = values.flat_map(words).collect();
    roles.sort();
    roles.dedup();
    roles.truncate(MOST_ROLES);
    roles
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(word).collect(),
        Value::String(text) => {
            let parts = text.split([' ', ',']).filter(|it| !it.is_empty());
            parts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
