//! How callers prove who they are, and who may use an operation.

use groundplan_model::service::{Access, Auth, Scheme, Who};
use serde_json::{Map, Value, json};

/// The security schemes of the components.
pub(super) fn schemes(auth: &Auth) -> Value {
    let scheme = |it: &Scheme| match it {
        Scheme::Bearer => json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT" }),
        Scheme::ApiKey(header) => json!({ "type": "apiKey", "in": "header", "name": header }),
    };
    let named = auth.schemes.iter().map(|it| (name(it).to_owned(), scheme(it)));
    Value::Object(named.collect::<Map<_, _>>())
}

/// What every operation asks for that says nothing else: one of the schemes.
pub(super) fn requirements(auth: &Auth) -> Value {
    auth.schemes.iter().map(|it| json!({ name(it): [] })).collect()
}

/// Who may use an operation, where not everybody who proves who they are may.
pub(super) fn description(access: &Access) -> Option<String> {
    let listed = |roles: &[String]| {
        roles.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" or ")
    };
    let mut sentences = Vec::new();
    if let Who::Roles(roles) = &access.who {
        sentences.push(format!("Only with the role {}.", listed(roles)));
    }
    if !access.sees_all.is_empty() {
        let roles = listed(&access.sees_all);
        sentences.push(format!("With the role {roles} the rows of every owner are reached."));
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn name(scheme: &Scheme) -> &'static str {
    match scheme {
        Scheme::Bearer => "bearerAuth",
        Scheme::ApiKey(_) => "apiKeyAuth",
    }
}
