//! The rows that a route works on: its key and parent in the path, and whose rows they may be.

use std::borrow::Cow;

use crate::store::Cell;
use groundplan_model::schema::Column;
use groundplan_model::service::{
    Binding, History, Key, Parent, Resource, Route, Segment, ServicePlan,
};

use crate::Fault;
use crate::action::Answers;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::scope::{condition, referred};
use crate::store::sql::{literal, quote};
use crate::store::{Db, Head, NULL, Steps};
use crate::value;

/// Where a route's rows are.
#[derive(Debug)]
pub(crate) struct Place {
    /// The table, quoted.
    pub(crate) table: String,
    /// The condition on its rows: key `?2`, parent `?3`, caller `?1`.
    pub(crate) condition: String,
    /// Position of the column that the path's parent fills.
    pub(crate) foreign_key: Option<usize>,
    key: Option<InPath>,
    parent: Option<Above>,
}

/// A path parameter and its column.
#[derive(Debug)]
struct InPath {
    position: usize,
    index: usize,
    column: Column,
}

/// The parent in the path.
#[derive(Debug)]
struct Above {
    key: InPath,
    /// Selects what the child's foreign key holds; `?2` is the path's value.
    sql: String,
    /// The column that it selects.
    referred: String,
    /// Whether that is the path's value itself.
    is_key: bool,
}

/// The values of a request's path.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) key: Cell,
    /// First the path's value, then (after [`Place::enter`]) the foreign key's.
    pub(crate) parent: Cell,
    /// What other services answered, whom the route's rule asks beforehand.
    pub(crate) answers: Answers,
}

impl Place {
    /// The place of `route`; `None` where its binding does not hold together.
    pub(crate) fn new(plan: &ServicePlan, route: &Route, fault: Option<Fault>) -> Option<Self> {
        let binding = route.binding.as_ref()?;
        let resource = plan.resources.get(binding.resource)?;
        let shown = fault == Some(Fault::ForeignRows);
        let scope = |it: &Resource, alias: &str| condition(plan, it, alias).filter(|_| !shown);
        let key = match &binding.key {
            Some(key) => Some(InPath::new(route, resource, key)?),
            None => None,
        };
        let parent = match &binding.parent {
            Some(parent) => Some(Above::new(plan, route, resource, parent, &scope)?),
            None => None,
        };
        let table = quote(&resource.table.name);
        let mut conditions: Vec<String> = Vec::new();
        conditions.extend(key.as_ref().map(|key| format!("{} = ?2", key.name(&table))));
        conditions.extend(parent_condition(plan, &table, resource, binding));
        conditions.extend(scope(resource, &table));
        let condition = either(conditions.join(" AND "));
        let filled = binding.parent.as_ref().filter(|parent| parent.through.is_none());
        let foreign_key = filled.map(|parent| parent.foreign_key);
        Some(Self { table, condition, foreign_key, key, parent })
    }

    /// The entries of the audit log about the row of `route`: who does not find the row does not
    /// find its history.
    pub(crate) fn of_history(
        plan: &ServicePlan,
        route: &Route,
        fault: Option<Fault>,
    ) -> Option<Self> {
        let binding = route.binding.as_ref()?;
        let resource = plan.resources.get(binding.resource)?;
        let shown = fault == Some(Fault::ForeignRows);
        let key = InPath::new(route, resource, binding.key.as_ref()?)?;
        let own = quote(&resource.table.name);
        let mut conditions = vec![format!("{} = ?2", key.name(&own))];
        conditions.extend(condition(plan, resource, &own).filter(|_| !shown));
        let known_by = quote(&resource.column(resource.key_index()?)?.name);
        let sql = format!(
            "SELECT CAST({own}.{known_by} AS TEXT) FROM {own} WHERE {}",
            conditions.join(" AND ")
        );
        let log = quote(History::TABLE);
        let about = literal(&resource.table.name);
        let condition = format!("{log}.\"resource\" = {about} AND {log}.\"key\" = ?3");
        let parent = Above { key, sql, referred: "key".to_owned(), is_key: false };
        Some(Self { table: log, condition, foreign_key: None, key: None, parent: Some(parent) })
    }

    /// Position of the column that the path's key is compared with.
    pub(crate) fn key_column(&self) -> Option<usize> {
        self.key.as_ref().map(|key| key.index)
    }

    /// The column of the parent's row that `?3` is compared with, once it was looked for.
    pub(crate) fn parent_column(&self) -> Option<&str> {
        self.parent.as_ref().map(|parent| parent.referred.as_str())
    }

    /// Whether the foreign key holds what the path says.
    pub(crate) fn parent_is_key(&self) -> bool {
        self.parent.as_ref().is_some_and(|parent| parent.is_key)
    }

    /// The statement that looks for the parent.
    pub(crate) fn parent_sql(&self) -> Option<&str> {
        self.parent.as_ref().map(|parent| parent.sql.as_str())
    }

    /// The path's values, typed. A value that its column cannot hold is no row's.
    pub(crate) fn target(&self, params: &[Cow<'_, str>]) -> Result<Target, Refused> {
        let key = self.key.as_ref().map(|key| key.read(params)).transpose()?;
        let parent = self.parent.as_ref().map(|parent| parent.key.read(params)).transpose()?;
        Ok(Target::of(key.unwrap_or(Cell::Null), parent.unwrap_or(Cell::Null)))
    }

    /// How many statements a change of one row here takes.
    pub(crate) fn steps(&self) -> Steps {
        if self.parent.is_some() { Steps::LookThenOne } else { Steps::One }
    }

    /// Looks for the parent; refuses where there is none, or it is not the caller's.
    pub(crate) fn enter(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
    ) -> Result<(), Refused> {
        let Some(parent) = &self.parent else { return Ok(()) };
        let head = Head { caller, key: &target.parent, parent: NULL };
        let found = db.first(&parent.sql, &head, &[], |row| row.cell(0))?;
        target.parent = found.ok_or_else(Refused::not_found)?;
        Ok(())
    }
}

impl Target {
    pub(crate) fn of(key: Cell, parent: Cell) -> Self {
        Self { key, parent, answers: Answers::default() }
    }

    /// The first parameters of a statement on this place.
    pub(crate) fn head<'a>(&'a self, caller: &'a Caller) -> Head<'a> {
        Head { caller, key: &self.key, parent: &self.parent }
    }
}

impl InPath {
    fn new(route: &Route, resource: &Resource, key: &Key) -> Option<Self> {
        let column = resource.column(key.column)?.clone();
        Some(Self { position: position(route, &key.parameter)?, index: key.column, column })
    }

    fn name(&self, alias: &str) -> String {
        format!("{alias}.{}", quote(&self.column.name))
    }

    fn read(&self, params: &[Cow<'_, str>]) -> Result<Cell, Refused> {
        let text = params.get(self.position).ok_or_else(Refused::not_found)?;
        value::from_text(&self.column, text).map_err(|_| Refused::not_found())
    }
}

impl Above {
    fn new(
        plan: &ServicePlan,
        route: &Route,
        child: &Resource,
        parent: &Parent,
        scope: &impl Fn(&Resource, &str) -> Option<String>,
    ) -> Option<Self> {
        let resource = plan.resources.get(parent.resource)?;
        let key = InPath::new(route, resource, &parent.key)?;
        let found = match &parent.through {
            None => referred_column(child, resource, parent.foreign_key),
            Some(through) if through.resource == parent.resource => {
                resource.column(through.to_parent).map(|it| it.name.clone())
            }
            Some(through) => {
                referred_column(plan.resources.get(through.resource)?, resource, through.to_parent)
            }
        };
        let referred = found.unwrap_or_else(|| key.column.name.clone());
        let is_key = referred.eq_ignore_ascii_case(&key.column.name);
        let table = quote(&resource.table.name);
        let mut conditions = vec![format!("{} = ?2", key.name(&table))];
        conditions.extend(scope(resource, &table));
        let sql = format!(
            "SELECT {table}.{} FROM {table} WHERE {}",
            quote(&referred),
            conditions.join(" AND ")
        );
        Some(Self { key, sql, referred, is_key })
    }
}

/// The parent's column that the child's foreign key refers to.
fn referred_column(child: &Resource, resource: &Resource, foreign_key: usize) -> Option<String> {
    let column = child.column(foreign_key)?;
    let table = &resource.table.name;
    let mut keys = child.table.foreign_keys.iter();
    let key = keys.find(|key| {
        key.table.eq_ignore_ascii_case(table)
            && key.columns.iter().any(|it| it.eq_ignore_ascii_case(&column.name))
    })?;
    let at = key.columns.iter().position(|it| it.eq_ignore_ascii_case(&column.name))?;
    referred(resource, key).get(at).cloned()
}

fn parent_condition(
    plan: &ServicePlan,
    table: &str,
    resource: &Resource,
    binding: &Binding,
) -> Option<String> {
    let parent = binding.parent.as_ref()?;
    let column = quote(&resource.column(parent.foreign_key)?.name);
    let Some(through) = &parent.through else { return Some(format!("{table}.{column} = ?3")) };
    let between = plan.resources.get(through.resource)?;
    let name = |at: usize| between.column(at).map(|it| quote(&it.name));
    let (to_parent, to_child) = (name(through.to_parent)?, name(through.to_child)?);
    let source = quote(&between.table.name);
    Some(format!(
        "{table}.{column} IN (SELECT b.{to_child} FROM {source} AS b WHERE b.{to_parent} = ?3)"
    ))
}

/// Position of a parameter among the path's parameters.
pub(crate) fn position(route: &Route, name: &str) -> Option<usize> {
    let parameters = route.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name),
        Segment::Literal(_) => None,
    });
    parameters.into_iter().position(|it| it == name)
}

fn either(condition: String) -> String {
    if condition.is_empty() { "TRUE".to_owned() } else { condition }
}
