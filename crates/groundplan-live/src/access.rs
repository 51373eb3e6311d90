//! Whether a caller who is known may use an endpoint, and how far it reaches for them.

use groundplan_model::service::{Access, Refusal, Route, ServicePlan, Who};

use crate::caller::Caller;
use crate::refused::Refused;

#[cfg(test)]
mod tests;

/// The door of one endpoint.
pub(crate) struct Gate {
    access: Access,
    needs_tenant: bool,
    /// Said to callers without a role.
    message: String,
}

impl Gate {
    pub(crate) fn new(plan: &ServicePlan, route: &Route) -> Self {
        let roles = match &route.access.who {
            Who::Roles(roles) => roles.join("` or `"),
            Who::Anybody | Who::AnyCaller => String::new(),
        };
        let message =
            format!("this is for callers with the role `{roles}`; the token names no such role");
        let needs_tenant = plan.auth.is_some() && plan.is_of_tenants(route);
        Self { access: route.access.clone(), needs_tenant, message }
    }

    /// Whether requests need no proof of who calls.
    pub(crate) fn is_open(&self) -> bool {
        self.access.who == Who::Anybody
    }

    /// Refuses callers who may not.
    pub(crate) fn admit(&self, caller: &Caller) -> Result<(), Refused> {
        let is_wrong = |role: &String| !self.access.admits(role);
        if matches!(self.access.who, Who::Roles(_)) && caller.roles.iter().all(is_wrong) {
            return Err(Refused::new(Refusal::Forbidden, self.message.clone()));
        }
        if self.needs_tenant && caller.tenant.is_none() && !self.is_open() {
            let message = "rows here belong to tenants, and the token names none (`tenant_id`)";
            return Err(Refused::new(Refusal::Forbidden, message));
        }
        Ok(())
    }

    /// Whether the caller reaches the rows of every owner.
    pub(crate) fn reaches_all(&self, caller: &Caller) -> bool {
        caller.roles.iter().any(|role| self.access.reaches_all(role))
    }

    /// Whether some callers reach more rows than others.
    pub(crate) fn has_wider(&self) -> bool {
        !self.access.sees_all.is_empty()
    }
}

/// The plan as it is for those who reach the rows of every owner. Tenants stay apart.
pub(crate) fn without_owners(plan: &ServicePlan) -> ServicePlan {
    let mut plan = plan.clone();
    plan.resources.iter_mut().for_each(|resource| resource.scoped = false);
    plan
}
