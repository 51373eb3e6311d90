//! A row goes.

use std::sync::Arc;

use groundplan_model::schema::ColumnType;
use groundplan_model::service::Refusal;
use jiff::Timestamp;

use crate::action::change::touch;
use crate::action::fill::Filler;
use crate::action::guard::{self, Guard};
use crate::action::rule::{Rule, Ruled, ask};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::conditional::Conditions;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::sql::quote;
use crate::store::{Cell, Db, FIRST_VALUE, Failed, Steps};

/// `DELETE /things/{id}`
pub(crate) struct Delete {
    pub(super) place: Place,
    guard: Guard,
    sql: String,
    /// What a row that stays gets: the mark of deletion and the time of the change.
    marks: Vec<Filler>,
    rule: Option<Rule>,
}

impl Delete {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let (sets, marks) = marks(draft);
        let (table, condition) = (&place.table, &place.condition);
        let sql = match sets.is_empty() {
            true => format!("DELETE FROM {table} WHERE {condition}"),
            false => format!("UPDATE {table} SET {} WHERE {condition}", sets.join(", ")),
        };
        let guard = Guard::new(draft, &place);
        Self { guard, rule: Rule::new(draft, &place), place, sql, marks }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let rule = self.rule.iter().flat_map(Rule::statements);
        self.place
            .parent_sql()
            .into_iter()
            .chain(rule)
            .chain([self.guard.sql(), self.sql.as_str()])
            .collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        ask(self, &call, &mut target, &Vec::new()).await?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let conditions = Conditions::of(&call.parts.headers);
        let steps = if self.rule.is_some() { Steps::Several } else { self.place.steps() };
        let steps = guard::with(conditions.as_ref(), steps);
        let work = move |db: &Db<'_>| {
            let row = (&this.place, &caller, &target);
            this.guard.check(db, row, conditions.as_ref(), false)?;
            this.delete(db, &caller, &mut target)
        };
        call.store.write(steps, work).await.map(|()| answer::empty(204))
    }

    pub(super) fn delete(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
    ) -> Result<(), Refused> {
        self.place.enter(db, caller, target)?;
        if let Some(rule) = &self.rule {
            rule.run_on(db, caller, target, &mut Vec::new(), false)?;
        }
        let now = Timestamp::now();
        let values: Vec<Cell> = self.marks.iter().filter_map(|it| it.fill(now)).collect();
        match db.execute(&self.sql, &target.head(caller), &values).map_err(explain)? {
            0 => Err(Refused::not_found()),
            _ => Ok(()),
        }
    }
}

/// The assignments that mark a row as deleted, and what their parameters get; none where the row
/// goes.
fn marks(draft: &Draft<'_>) -> (Vec<String>, Vec<Filler>) {
    let resource = draft.resource;
    let mark = resource.soft_delete.as_ref();
    let Some((mark, column)) = mark.and_then(|it| Some((it, resource.column(it.column)?))) else {
        return (Vec::new(), Vec::new());
    };
    let value = match &mark.state {
        Some(state) => Filler::Constant(Cell::Text(state.clone())),
        None if column.ty == ColumnType::Boolean => Filler::Constant(Cell::Integer(1)),
        None => Filler::Now(column.ty.clone()),
    };
    let mut sets = vec![format!("{} = ?{FIRST_VALUE}", quote(&column.name))];
    let (touched, stamp) = touch(draft, FIRST_VALUE + 1);
    sets.extend(touched);
    (sets, std::iter::once(value).chain(stamp.map(Filler::Now)).collect())
}

fn explain(failed: Failed) -> Refused {
    if failed == Failed::ForeignKey {
        let message = "other rows refer to this row; delete those first";
        return Refused::new(Refusal::StillReferred, message);
    }
    failed.into()
}

impl Ruled for Delete {
    fn place(&self) -> &Place {
        &self.place
    }

    fn rule(&self) -> Option<&Rule> {
        self.rule.as_ref()
    }

    fn fields(&self) -> Option<bool> {
        Some(false)
    }
}
