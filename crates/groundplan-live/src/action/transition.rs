//! A change of state, where the present state allows it.

use std::sync::Arc;

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Assigned, Refusal, Transition};
use jiff::Timestamp;

use crate::action::change::touch;
use crate::action::fill::Filler;
use crate::action::guard::Guard;
use crate::action::read::select;
use crate::action::rule::{Ground, Rule, Ruled, ask};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::conditional::Conditions;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Constraints, Db, FIRST_VALUE, Row, Steps};
use crate::validate::{BodyRule, Sent};
use crate::value;
use crate::wire::{Shape, Written};

/// `POST /things/{id}/cancel`
pub(crate) struct Change {
    place: Place,
    /// What the statement's columns get.
    values: Vec<Filler>,
    members: BodyRule,
    /// Members that columns keep, each with two parameters behind the values.
    kept: Vec<usize>,
    rule: Option<Rule>,
    /// Selects the row, where being in the target already is no fault.
    same_sql: Option<String>,
    sql: String,
    guard: Guard,
    /// Selects the present state.
    state_sql: String,
    /// What the row's state has to be, for people.
    wanted: String,
    constraints: Constraints,
    shape: Shape,
    success: u16,
}

impl Change {
    pub(super) fn new(draft: &Draft<'_>, place: Place, transition: &Transition) -> Self {
        let column = draft.resource.column(transition.column);
        let name = column.map_or_else(|| "NULL".to_owned(), |it| quote(&it.name));
        let (mut sets, values) = sets(draft, transition);
        let kept = keep(draft, FIRST_VALUE + values.len(), &mut sets);
        let shape = draft.stamped();
        let (table, condition, columns) = (&place.table, &place.condition, shape.columns());
        let (sets, allowed) = (sets.join(", "), allowed(column, &name, transition));
        let sql =
            format!("UPDATE {table} SET {sets} WHERE {condition}{allowed} RETURNING {columns}");
        let state_sql = format!("SELECT CAST({name} AS TEXT) FROM {table} WHERE {condition}");
        let same = transition.from.is_empty().then(|| select(&place, &shape));
        let wanted: Vec<String> = transition.from.iter().map(|it| format!("`{it}`")).collect();
        Self {
            values,
            members: BodyRule::of_members(&draft.route.members),
            kept,
            rule: Rule::new(draft, &place),
            same_sql: same,
            sql,
            guard: Guard::new(draft, &place),
            state_sql,
            wanted: wanted.join(" or "),
            constraints: draft.constraints(),
            shape,
            success: draft.route.success,
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.sql.as_str(), self.state_sql.as_str(), self.guard.sql()]
            .into_iter()
            .chain(self.same_sql.as_deref());
        let rule = self.rule.iter().flat_map(Rule::statements);
        self.place.parent_sql().into_iter().chain(rule).chain(own).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let sent = self.members.check_optional(&call.body, &call.caller.subject, &target)?;
        ask(self, &call, &mut target, &sent).await?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let conditions = Conditions::of(&call.parts.headers);
        let steps = if self.rule.is_some() { Steps::Several } else { Steps::LookThenOne };
        let work = move |db: &Db<'_>| {
            let row = (&this.place, &caller, &target);
            this.guard.check(db, row, conditions.as_ref(), false)?;
            this.change(db, &caller, &mut target, &sent)
        };
        let row = call.store.write(steps, work).await?;
        Ok(answer::row(self.success, row))
    }

    fn change(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        sent: &Sent,
    ) -> Result<Written, Refused> {
        self.place.enter(db, caller, target)?;
        if let Some(rule) = &self.rule {
            rule.run(&Ground { db, caller, target, body: sent.clone(), row: None, dry: false })?;
        }
        let now = Timestamp::now();
        let mut values: Vec<Cell> = self.values.iter().filter_map(|it| it.fill(now)).collect();
        for at in &self.kept {
            let value = sent.get(*at).cloned().flatten();
            values.push(Cell::Integer(value.is_some().into()));
            values.push(value.unwrap_or(Cell::Null));
        }
        let head = target.head(caller);
        let write = |row: &Row<'_>| self.shape.written(row);
        let changed = db.first(&self.sql, &head, &values, write);
        if let Some(row) = changed.map_err(|failed| self.constraints.refuse(failed))? {
            return Ok(row);
        }
        if let Some(sql) = &self.same_sql {
            let same = db.first(sql, &head, &[], |row: &Row<'_>| self.shape.written(row))?;
            return same.ok_or_else(Refused::not_found);
        }
        let state = db.first(&self.state_sql, &head, &[], |row| row.text(0))?;
        Err(state.map_or_else(Refused::not_found, |state| self.illegal(state.as_deref())))
    }

    fn illegal(&self, state: Option<&str>) -> Refused {
        let state = state.unwrap_or("empty");
        let message = format!("the row is `{state}`, and this takes one that is {}", self.wanted);
        Refused::new(Refusal::IllegalTransition, message)
    }
}

impl Ruled for Change {
    fn place(&self) -> &Place {
        &self.place
    }

    fn rule(&self) -> Option<&Rule> {
        self.rule.as_ref()
    }
}

/// Assignments of the statement, and what each parameter gets: the new state, when it was reached,
/// and what every change of a row sets.
fn sets(draft: &Draft<'_>, transition: &Transition) -> (Vec<String>, Vec<Filler>) {
    let column = draft.resource.column(transition.column);
    let state = column.map(|it| (it, state(it, &transition.to)));
    let moment = moment(draft, transition).map(|it| (it, Filler::Now(it.ty.clone())));
    let (mut sets, mut values) = (Vec::new(), Vec::new());
    let also = transition.also.iter().filter_map(|it| {
        let column = draft.resource.column(it.column)?;
        Some((column, assigned(column, it.value)))
    });
    let also: Vec<(&Column, Filler)> = also.collect();
    let is_other = |it: &(&Column, Filler)| also.iter().all(|(known, _)| known.name != it.0.name);
    let moment = moment.filter(is_other);
    for (column, value) in state.into_iter().chain(moment).chain(also.clone()) {
        sets.push(format!("{} = ?{}", quote(&column.name), FIRST_VALUE + sets.len()));
        values.push(value);
    }
    let (touched, stamp) = touch(draft, FIRST_VALUE + sets.len());
    sets.extend(touched);
    values.extend(stamp.map(Filler::Now));
    (sets, values)
}

/// What an action gives a column that marks its state.
fn assigned(column: &Column, value: Assigned) -> Filler {
    match value {
        Assigned::Boolean(value) => Filler::Constant(Cell::Integer(value.into())),
        Assigned::Now => Filler::Now(column.ty.clone()),
        Assigned::Null => Filler::Constant(Cell::Null),
    }
}

/// Assignments for the members of the body that columns keep: those that were not sent change
/// nothing. Answers the members' positions.
fn keep(draft: &Draft<'_>, first: usize, sets: &mut Vec<String>) -> Vec<usize> {
    let mut kept = Vec::new();
    for (at, member) in draft.route.members.iter().enumerate() {
        let Some(column) = member.kept_in.and_then(|it| draft.resource.column(it)) else {
            continue;
        };
        let (name, flag) = (quote(&column.name), first + kept.len() * 2);
        let value = flag + 1;
        sets.push(format!("{name} = CASE WHEN ?{flag} THEN ?{value} ELSE {name} END"));
        kept.push(at);
    }
    kept
}

/// A state as its column keeps it: a value, or the time at which it was reached.
fn state(column: &Column, name: &str) -> Filler {
    match column.ty {
        ColumnType::Timestamp | ColumnType::Date if name == Transition::NOTHING => {
            Filler::Constant(Cell::Null)
        }
        ColumnType::Timestamp | ColumnType::Date => Filler::Now(column.ty.clone()),
        _ => {
            let cell = value::from_text(column, name);
            Filler::Constant(cell.unwrap_or_else(|_| Cell::Text(name.to_owned())))
        }
    }
}

/// The column that keeps when the state was reached: `cancelled_at` for `cancelled`.
fn moment<'a>(draft: &Draft<'a>, transition: &Transition) -> Option<&'a Column> {
    let at = draft.resource.table.column_index(&format!("{}_at", transition.to))?;
    let is_ours = draft.resource.fields.get(at).is_some_and(|field| !field.role.is_writable());
    draft.resource.column(at).filter(|_| is_ours && at != transition.column)
}

/// An action without guards leaves a row that is there already as it is.
fn other_than(column: Option<&Column>, name: &str, to: &str) -> String {
    let Some(column) = column else { return String::new() };
    match (&column.ty, to) {
        (ColumnType::Timestamp | ColumnType::Date, Transition::NOTHING) => {
            format!(" AND {name} IS NOT NULL")
        }
        (ColumnType::Timestamp | ColumnType::Date, _) => format!(" AND {name} IS NULL"),
        (ColumnType::Boolean, "true") => format!(" AND NOT coalesce({name}, FALSE)"),
        (ColumnType::Boolean, _) => format!(" AND coalesce({name}, TRUE)"),
        (ColumnType::Integer { .. }, _) => String::new(),
        _ => format!(" AND ({name} IS NULL OR {name} <> {})", literal(to)),
    }
}

/// The condition on the present state; nothing where any will do.
fn allowed(column: Option<&Column>, name: &str, transition: &Transition) -> String {
    let state = |text: &String| match column.map(|it| state(it, text)) {
        Some(Filler::Constant(Cell::Integer(number))) => number.to_string(),
        _ => literal(text),
    };
    let from: Vec<String> = transition.from.iter().map(state).collect();
    match from.is_empty() {
        true => other_than(column, name, &transition.to),
        false => format!(" AND {name} IN ({})", from.join(", ")),
    }
}
