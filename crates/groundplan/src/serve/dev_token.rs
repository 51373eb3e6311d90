//! What a token of development says, so that the service of a plan takes it.

use groundplan_live::{AuthOptions, TokenClaims};
use groundplan_model::ServicePlan;

use super::SUBJECT;

/// The tenant of tokens that name no other.
const TENANT: &str = "demo";

/// The claims of a token for the developer; it holds until the time that is put in.
pub(crate) fn claims(plan: &ServicePlan, options: &AuthOptions) -> TokenClaims {
    let auth = plan.auth.as_ref();
    let stated = |own: &Option<String>, of: Option<&String>| own.clone().or_else(|| of.cloned());
    let has_tenants = plan.resources.iter().any(|it| it.tenant.is_some());
    TokenClaims {
        tenant: has_tenants.then(|| TENANT.to_owned()),
        audience: stated(&options.audience, auth.and_then(|it| it.audience.as_ref())),
        issuer: stated(&options.issuer, auth.and_then(|it| it.issuer.as_ref())),
        ..TokenClaims::of(SUBJECT, 0)
    }
}
