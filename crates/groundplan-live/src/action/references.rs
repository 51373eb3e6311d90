//! Foreign keys that a body fills: whether the row is there, and whether it is the caller's.

use crate::store::Cell;
use groundplan_model::schema::ForeignKey;

use crate::Fault;
use crate::action::Draft;
use crate::caller::Caller;
use crate::place::Place;
use crate::refused::{FieldFault, Refused};
use crate::store::scope::{condition, referred, resource_of};
use crate::store::sql::quote;
use crate::store::{Db, FIRST_VALUE, Head};
use groundplan_model::service::{Refusal, Resource, Role};

/// The foreign keys of a resource that clients write.
#[derive(Debug)]
pub(super) struct References {
    all: Vec<Reference>,
}

#[derive(Debug)]
struct Reference {
    /// Positions of the columns, and the members' names.
    columns: Vec<usize>,
    fields: Vec<String>,
    /// Finds the row, if the caller may see it.
    sql: String,
    /// Whether some rows there are not the caller's: the constraint alone would let those pass.
    scoped: bool,
}

impl References {
    pub(super) fn new(draft: &Draft<'_>, place: &Place) -> Self {
        let keys = draft.resource.table.foreign_keys.iter();
        Self { all: keys.filter_map(|key| Reference::new(draft, place, key)).collect() }
    }

    pub(super) fn statements(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|it| it.sql.as_str())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether [`References::check`] looks at rows.
    pub(super) fn look(&self) -> bool {
        self.all.iter().any(|reference| reference.scoped)
    }

    /// Refuses values that refer to another caller's row; the database itself does not.
    pub(super) fn check<'c>(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        value: impl Fn(usize) -> Option<&'c Cell>,
    ) -> Result<(), Refused> {
        let scoped = self.all.iter().filter(|reference| reference.scoped);
        self.refuse_missing(db, caller, scoped, value)
    }

    /// Refuses values that refer to no row at all, before the database does.
    pub(super) fn check_all<'c>(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        value: impl Fn(usize) -> Option<&'c Cell>,
    ) -> Result<(), Refused> {
        self.refuse_missing(db, caller, self.all.iter(), value)
    }

    /// Names the members for which the database refused the row: its own message does not.
    pub(super) fn explain<'c>(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        refused: Refused,
        value: impl Fn(usize) -> Option<&'c Cell>,
    ) -> Refused {
        if refused.refusal != Refusal::UnknownReference {
            return refused;
        }
        self.refuse_missing(db, caller, self.all.iter(), value).err().unwrap_or(refused)
    }

    fn refuse_missing<'s, 'c>(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        references: impl Iterator<Item = &'s Reference>,
        value: impl Fn(usize) -> Option<&'c Cell>,
    ) -> Result<(), Refused> {
        let mut faults = Vec::new();
        for reference in references {
            let values: Option<Vec<Cell>> =
                reference.columns.iter().map(|at| value(*at).cloned()).collect();
            let Some(values) = values.filter(|it| !it.contains(&Cell::Null)) else { continue };
            if db.first(&reference.sql, &Head::of(caller), &values, |_| ())?.is_none() {
                let fault = |name: &String| FieldFault::new(name, "refers to no row of yours");
                faults.extend(reference.fields.iter().map(fault));
            }
        }
        if faults.is_empty() {
            return Ok(());
        }
        Err(Refused::fields(Refusal::UnknownReference, "the body refers to nothing", faults))
    }
}

impl Reference {
    /// `None` where the path or the service fills the key, or the plan does not know its table.
    fn new(draft: &Draft<'_>, place: &Place, key: &ForeignKey) -> Option<Self> {
        let resource = draft.resource;
        let column = |name: &String| resource.table.column_index(name);
        let columns: Vec<usize> = key.columns.iter().map(column).collect::<Option<_>>()?;
        let written = columns.iter().any(|at| is_written(resource, place, *at));
        let parent = resource_of(draft.plan, &key.table).filter(|_| written)?;
        let scope = condition(draft.plan, parent, "r");
        let scope = scope.filter(|_| draft.fault != Some(Fault::ForeignRows));
        let pairs = referred(parent, key).iter().enumerate();
        let mut conditions: Vec<String> =
            pairs.map(|(at, name)| format!("r.{} = ?{}", quote(name), FIRST_VALUE + at)).collect();
        let scoped = scope.is_some();
        conditions.extend(scope);
        let table = quote(&parent.table.name);
        let sql = format!("SELECT 1 FROM {table} AS r WHERE {}", conditions.join(" AND "));
        let field = |at: &usize| resource.fields.get(*at).map(|field| field.name.clone());
        let fields = columns.iter().filter_map(field).collect();
        Some(Self { columns, fields, sql, scoped })
    }
}

fn is_written(resource: &Resource, place: &Place, at: usize) -> bool {
    let role = resource.fields.get(at).map(|field| field.role);
    role.is_some_and(Role::is_writable) && place.foreign_key != Some(at)
}
