//! The members of an answer with tokens, as the document's example shows them.

use serde_json::{Map, Value};

use crate::service::Given;

/// What each member of the example is; those that mean nothing here are left out.
pub(super) fn members(example: Option<&Value>) -> Option<Vec<(String, Given)>> {
    let Value::Object(members) = example? else { return None };
    Some(of(members))
}

fn of(members: &Map<String, Value>) -> Vec<(String, Given)> {
    members.iter().filter_map(|(name, value)| Some((name.clone(), given(name, value)?))).collect()
}

fn given(name: &str, value: &Value) -> Option<Given> {
    let plain = name.to_lowercase().replace(['_', '-'], "");
    Some(match (plain.as_str(), value) {
        ("accesstoken" | "token" | "jwt" | "idtoken" | "bearer", _) => Given::Access,
        ("refreshtoken" | "refresh", _) => Given::Refresh,
        ("tokentype" | "type", Value::String(_)) => Given::TokenType,
        ("expiresin" | "expires" | "ttl", Value::Number(_)) => Given::ExpiresIn,
        ("user" | "account" | "profile" | "member" | "customer", Value::Object(_)) => {
            Given::Account
        }
        (_, Value::Object(inner)) => Given::Object(of(inner)),
        _ => return None,
    })
}

/// Whether a token to call with is among them.
pub(super) fn gives_access(members: &[(String, Given)]) -> bool {
    members.iter().any(|(_, given)| match given {
        Given::Access => true,
        Given::Object(inner) => gives_access(inner),
        _ => false,
    })
}

/// The answer of RFC 6749, section 5.1.
pub(super) fn usual() -> Vec<(String, Given)> {
    let members = [
        ("access_token", Given::Access),
        ("token_type", Given::TokenType),
        ("expires_in", Given::ExpiresIn),
        ("refresh_token", Given::Refresh),
    ];
    members.into_iter().map(|(name, given)| (name.to_owned(), given)).collect()
}
