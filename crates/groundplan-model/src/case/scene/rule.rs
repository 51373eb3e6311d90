//! Rows that meet the conditions of a rule block, as far as requests can make them.

use crate::case::Possible;
use crate::case::request::RowId;
use crate::schema::DefaultValue;
use crate::service::{
    AliasKind, Binary, Expression, Operation, Otherwise, OutsideCall, Role, Route, Rule,
    ServicePlan, Step, Tally, TallyKind,
};

use super::{Scene, bound};

/// What a condition asks of the rows of a case.
pub(in crate::case) enum Need {
    /// A state that a row has, or that `ready` brings it to.
    Nothing,
    /// So many rows of this resource below the row.
    Rows(usize, u32),
}

impl<'p> Scene<'_, 'p> {
    /// Makes what the conditions of the route's rule need besides `row`.
    pub(in crate::case) fn meet(&mut self, route: &'p Route, row: RowId) -> Possible<()> {
        let caller = self.made(row).map_or(0, |made| made.caller);
        for need in self.needs(route)? {
            if let Need::Rows(resource, count) = need {
                for _ in 0..count {
                    self.make(resource, caller)?;
                }
            }
        }
        Ok(())
    }

    /// What every condition of the route's rule needs; a reason where that is not known.
    pub(in crate::case) fn needs(&self, route: &Route) -> Possible<Vec<Need>> {
        Ok(self.needs_by_status(route)?.into_iter().map(|(need, _)| need).collect())
    }

    /// The same, each with the status of a request that does not meet it.
    fn needs_by_status(&self, route: &Route) -> Possible<Vec<(Need, u16)>> {
        let Some(rule) = &route.rule else { return Ok(Vec::new()) };
        answered(self.plan, route)?;
        let mut all = Vec::new();
        for step in &rule.steps {
            if let Step::Require { condition, span, status } = step {
                let unknown = || {
                    let text = self.plan.source.slice(*span).trim().to_owned();
                    format!("no request is known to meet `{text}`")
                };
                let mut needs = Vec::new();
                self.need(route, rule, condition, &mut needs).ok_or_else(unknown)?;
                all.extend(needs.into_iter().map(|need| (need, *status)));
            }
        }
        Ok(all)
    }

    fn need(
        &self,
        route: &Route,
        rule: &Rule,
        condition: &Expression,
        needs: &mut Vec<Need>,
    ) -> Option<()> {
        match condition {
            Expression::Binary(Binary::And, left, right) => {
                self.need(route, rule, left, needs)?;
                self.need(route, rule, right, needs)
            }
            Expression::In(left, allowed) => {
                self.is_met_by_state(route, rule, left, allowed, needs)
            }
            Expression::Binary(Binary::Equal, left, right) => {
                self.is_met_by_state(route, rule, left, std::slice::from_ref(right), needs)
            }
            Expression::Binary(sign, left, right) => match (&**left, &**right) {
                (Expression::Tally(it), Expression::Constant(least)) => {
                    needs.push(Need::Rows(it.resource, count(*sign, it, least)?));
                    Some(())
                }
                (Expression::Body(_), Expression::Tally(it)) => {
                    needs.push(Need::Rows(it.resource, 1));
                    route.request_example.as_ref().map(|_| ())
                }
                // The document's examples are taken to fit one another.
                (Expression::Column { .. }, Expression::Body(_))
                | (Expression::Body(_), Expression::Column { .. } | Expression::Constant(_)) => {
                    route.request_example.as_ref().map(|_| ())
                }
                _ => None,
            },
            Expression::Column { alias, column } => {
                let alias = rule.aliases.get(*alias)?;
                let it = self.plan.resources.get(alias.resource)?.column(*column)?;
                let is_true = it.default == Some(DefaultValue::Constant(true.into()));
                is_true.then_some(())
            }
            _ => None,
        }
    }

    /// `row.status in ["draft"]`: actions bring the row there; other rows have their first state.
    fn is_met_by_state(
        &self,
        route: &Route,
        rule: &Rule,
        left: &Expression,
        allowed: &[Expression],
        needs: &mut Vec<Need>,
    ) -> Option<()> {
        let Expression::Column { alias, column } = left else { return None };
        let alias = rule.aliases.get(*alias)?;
        let resource = self.plan.resources.get(alias.resource)?;
        needs.push(Need::Nothing);
        let acts = matches!(route.operation, Operation::Transition(_));
        if alias.kind == AliasKind::Row && acts && resource.role_index(Role::State) == Some(*column)
        {
            return Some(());
        }
        let first = match &resource.column(*column)?.default {
            Some(DefaultValue::Constant(value)) => value,
            _ => return None,
        };
        let is_it = |it: &Expression| matches!(it, Expression::Constant(value) if value == first);
        allowed.iter().any(is_it).then_some(())
    }

    /// The status of a request on a row without rows below it, where the rule asks for some.
    pub(in crate::case) fn status_without_rows(&self, route: &Route) -> Option<u16> {
        let needs = self.needs_by_status(route).ok()?;
        let mut of_rows = needs.iter().filter(|(need, _)| matches!(need, Need::Rows(..)));
        of_rows.next().filter(|_| bound(route).is_ok()).map(|(_, status)| *status)
    }
}

/// Whether every call of the route's rule has an answer wherever the service runs: a documented one,
/// or none that is needed.
pub(in crate::case) fn answered(plan: &ServicePlan, route: &Route) -> Possible<()> {
    let call = route.rule.as_ref().and_then(|rule| rule.calls().find(|call| needs_answer(call)));
    let Some(call) = call else { return Ok(()) };
    let name = plan.outside.get(call.service).map_or("", |it| &it.name);
    Err(format!("the document shows no answer of `{name}`, which its rule calls"))
}

/// Whether a call without an address refuses every request.
pub(in crate::case) fn needs_answer(call: &OutsideCall) -> bool {
    call.example.is_none() && matches!(call.otherwise, Otherwise::Refuse { .. })
}

/// How many rows make a count large enough.
fn count(sign: Binary, it: &Tally, least: &serde_json::Value) -> Option<u32> {
    let is_plain = it.figure == TallyKind::Count && it.filter.is_none();
    let least = u32::try_from(least.as_u64().filter(|_| is_plain)?).ok()?;
    match sign {
        Binary::Greater => Some(least + 1),
        Binary::GreaterOrEqual | Binary::Equal => Some(least),
        _ => None,
    }
    .filter(|count| *count <= 5)
}
