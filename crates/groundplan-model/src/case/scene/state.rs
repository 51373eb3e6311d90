//! Rows in a certain state, by the document's own actions.

use std::collections::VecDeque;

use serde_json::Value;

use crate::schema::DefaultValue;
use crate::service::{Operation, Role, Transition};

use super::{Scene, bound};
use crate::case::Possible;
use crate::case::check::Check;
use crate::case::request::RowId;

impl Scene<'_, '_> {
    /// A new row on which the action of the route at `index` is allowed.
    pub(in crate::case) fn ready(&mut self, index: usize, caller: usize) -> Possible<RowId> {
        let route = self.route(index)?;
        let resource = bound(route)?;
        let Operation::Transition(transition) = &route.operation else {
            self.needs(route)?;
            return self.make(resource, caller);
        };
        if self.resource(resource)?.role_index(Role::State) != Some(transition.column) {
            return self.make(resource, caller);
        }
        let start = self.start_state(resource)?;
        let reached = self.reachable(resource, &start);
        let mut allowed = reached.iter().filter(|(state, _)| allows(transition, state));
        let (_, actions) = allowed.next().ok_or_else(|| {
            format!("no documented action leads to a state from which `{}` follows", transition.to)
        })?;
        self.make_and_act(resource, caller, actions)
    }

    /// A new row in `state`.
    pub(in crate::case) fn in_state(
        &mut self,
        resource: usize,
        caller: usize,
        state: &str,
    ) -> Possible<RowId> {
        let actions = self.way_to(resource, state)?;
        self.make_and_act(resource, caller, &actions)
    }

    /// The states that documented actions lead to, nearest first.
    pub(in crate::case) fn states(&self, resource: usize) -> Possible<Vec<String>> {
        let start = self.start_state(resource)?;
        Ok(self.reachable(resource, &start).into_iter().map(|(state, _)| state).collect())
    }

    /// Brings a row from the state it is made in by the actions at these routes.
    fn make_and_act(
        &mut self,
        resource: usize,
        caller: usize,
        actions: &[usize],
    ) -> Possible<RowId> {
        let row = self.make(resource, caller)?;
        self.act(row, caller, actions)?;
        Ok(row)
    }

    /// Brings a row that is in the state it was made in to `state`.
    pub(in crate::case) fn bring(
        &mut self,
        resource: usize,
        row: RowId,
        state: &str,
    ) -> Possible<()> {
        let caller = self.made(row).map_or(0, |made| made.caller);
        let actions = self.way_to(resource, state)?;
        self.act(row, caller, &actions)
    }

    /// The routes of the actions that lead from the first state to `state`.
    fn way_to(&self, resource: usize, state: &str) -> Possible<Vec<usize>> {
        let start = self.start_state(resource)?;
        let mut reached = self.reachable(resource, &start).into_iter();
        let found = reached.find(|(it, _)| it == state).map(|(_, actions)| actions);
        found.ok_or_else(|| format!("no documented action leads to `{state}`"))
    }

    fn act(&mut self, row: RowId, caller: usize, actions: &[usize]) -> Possible<()> {
        for action in actions {
            self.meet(self.route(*action)?, row)?;
            let request = self.request(*action, self.place_of(*action, row), caller)?;
            // What the action answers is the row as the next step finds it.
            let answers = self.route(*action)?.success != 204;
            self.setup(request, if answers { Check::Made(row) } else { Check::Done });
        }
        Ok(())
    }

    /// The state that a new row has.
    pub(in crate::case) fn start_state(&self, resource: usize) -> Possible<String> {
        let it = self.resource(resource)?;
        let column = it.role_index(Role::State).and_then(|at| it.column(at));
        let column = column.ok_or_else(|| format!("`{}` has no state", it.table.name))?;
        match &column.default {
            Some(DefaultValue::Constant(Value::String(state))) => Ok(state.clone()),
            Some(DefaultValue::Constant(other)) => Ok(other.to_string()),
            _ => column.allowed.first().cloned().ok_or_else(|| {
                format!("nothing says in which state a row of `{}` begins", it.table.name)
            }),
        }
    }

    /// Every state that can be reached, with the routes of the actions that lead there; breadth
    /// first.
    fn reachable(&self, resource: usize, start: &str) -> Vec<(String, Vec<usize>)> {
        let mut reached = vec![(start.to_owned(), Vec::new())];
        let mut waiting = VecDeque::from(reached.clone());
        while let Some((state, actions)) = waiting.pop_front() {
            for (index, transition) in self.transitions(resource) {
                let is_new = reached.iter().all(|(it, _)| *it != transition.to);
                if is_new && allows(transition, &state) {
                    let actions = actions.iter().copied().chain([index]).collect::<Vec<_>>();
                    reached.push((transition.to.clone(), actions.clone()));
                    waiting.push_back((transition.to.clone(), actions));
                }
            }
        }
        reached
    }

    fn is_state(&self, resource: usize, transition: &Transition) -> bool {
        let resource = self.resource(resource).ok();
        resource.and_then(|it| it.role_index(Role::State)) == Some(transition.column)
    }

    fn transitions(&self, resource: usize) -> impl Iterator<Item = (usize, &Transition)> {
        self.plan.routes.iter().enumerate().filter_map(move |(index, route)| {
            match &route.operation {
                // A body is made for each request: actions that need one are no way to a state.
                Operation::Transition(it)
                    if bound(route) == Ok(resource)
                        && route.members.iter().all(|member| !member.required)
                        && self.needs(route).is_ok()
                        && self.is_state(resource, it) =>
                {
                    Some((index, it))
                }
                _ => None,
            }
        })
    }
}

/// Whether a row in `state` may go through the transition.
pub(in crate::case) fn allows(transition: &Transition, state: &str) -> bool {
    let from = &transition.from;
    let listed = from.iter().any(|it| it.eq_ignore_ascii_case(state));
    if from.is_empty() { state != transition.to } else { listed }
}
