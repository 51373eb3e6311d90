//! Bodies and answers of the endpoints of accounts.

use groundplan_model::service::{Given, Resource, Session, SessionKind};
use serde_json::{Map, Value, json};

use super::{name, schema_ref};

/// The schema of the body; `None` where there is none.
pub(super) fn body(session: &Session, resource: &Resource) -> Option<Value> {
    let members: Vec<&str> = match session.kind {
        SessionKind::Register => return Some(super::resource::create_body(resource, None)),
        SessionKind::Login => vec![&session.login, &session.password],
        SessionKind::Refresh => vec![&session.refresh],
        SessionKind::Logout | SessionKind::Me => return None,
    };
    let member = |it: &&str| ((*it).to_owned(), json!({ "type": "string" }));
    let properties: Map<String, Value> = members.iter().map(member).collect();
    Some(json!({ "type": "object", "required": members, "properties": properties }))
}

/// The schema of the answer; `None` where it has no body that is known.
pub(super) fn answer(session: &Session, resource: &Resource) -> Option<Value> {
    match session.kind {
        SessionKind::Me => Some(schema_ref(&name::schema(resource))),
        SessionKind::Logout => None,
        _ => Some(object(&session.answer, resource)),
    }
}

pub(super) fn answer_description(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Register | SessionKind::Login | SessionKind::Refresh => {
            "Tokens to call with, and to refresh with"
        }
        SessionKind::Logout => "The session has ended",
        SessionKind::Me => "The caller's own row",
    }
}

fn object(members: &[(String, Given)], resource: &Resource) -> Value {
    let required: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let schema = |given: &Given| match given {
        Given::Access | Given::Refresh => json!({ "type": "string" }),
        Given::TokenType => json!({ "type": "string", "const": "Bearer" }),
        Given::ExpiresIn => json!({ "type": "integer", "minimum": 0 }),
        Given::Account => schema_ref(&name::schema(resource)),
        Given::Object(inner) => object(inner, resource),
    };
    let properties: Map<String, Value> =
        members.iter().map(|(name, given)| (name.clone(), schema(given))).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}
