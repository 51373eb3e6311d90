//! Indexes: the document's own, one for each foreign key that has none, one for each list's order.

use groundplan_model::ServicePlan;
use groundplan_model::schema::{Index, Table};
use groundplan_model::service::{Operation, Resource, Role, Route};

use super::dialect::Dialect;
use super::{Schema, condition, text};

/// Every `CREATE INDEX` statement with its table, the document's first.
pub(super) fn all(schema: &Schema<'_>, plan: &ServicePlan) -> Vec<(String, String)> {
    let mut indexes = Indexes::new(schema);
    for index in schema.indexes {
        indexes.add_documented(schema, index);
    }
    for table in &schema.tables {
        for key in &table.foreign_keys {
            indexes.add_missing(table, &key.columns);
        }
    }
    for route in plan
        .routes
        .iter()
        .filter(|it| it.operation.is_list() || matches!(it.operation, Operation::Export(_)))
    {
        if let Some((resource, columns)) = list_order(plan, route) {
            indexes.add_missing(&resource.table, &columns);
        }
    }
    indexes.statements
}

struct Indexes {
    dialect: Dialect,
    statements: Vec<(String, String)>,
    /// Names that tables and indexes have, in lower case: SQLite keeps both in one place.
    names: Vec<String>,
    /// Columns that are indexed for all rows, with their table.
    covered: Vec<(String, Vec<String>)>,
}

impl Indexes {
    fn new(schema: &Schema<'_>) -> Self {
        let names = schema.tables.iter().map(|table| table.name.to_ascii_lowercase()).collect();
        let mut indexes =
            Self { dialect: schema.dialect, statements: Vec::new(), names, covered: Vec::new() };
        for table in &schema.tables {
            for columns in std::iter::once(&table.primary_key).chain(&table.uniques) {
                indexes.covered.push((table.name.clone(), columns.clone()));
            }
        }
        indexes
    }

    fn add_documented(&mut self, schema: &Schema<'_>, index: &Index) {
        let Some(table) = schema.table(&index.table) else { return };
        if !text::has_columns(table, &index.columns) {
            return;
        }
        let condition = index.condition.as_deref();
        let plain = condition.and_then(|it| condition::plain(schema.dialect, table, it));
        // Without its condition a unique index refuses rows that the document allows.
        if condition.is_some() && plain.is_none() && index.unique {
            return;
        }
        self.add(table, &index.name, &index.columns, index.unique, plain.as_deref());
    }

    fn add_missing(&mut self, table: &Table, columns: &[String]) {
        let is_covered = self.covered.iter().any(|(known, known_columns)| {
            known.eq_ignore_ascii_case(&table.name) && text::begins_with(known_columns, columns)
        });
        if !is_covered && text::has_columns(table, columns) {
            self.add(table, "", columns, false, None);
        }
    }

    fn add(
        &mut self,
        table: &Table,
        name: &str,
        columns: &[String],
        is_unique: bool,
        condition: Option<&str>,
    ) {
        if condition.is_none() {
            self.covered.push((table.name.clone(), columns.to_vec()));
        }
        let usual = format!("idx_{}_{}", table.name, columns.join("_"));
        let name = self.free_name(if name.is_empty() { &usual } else { name });
        let unique = if is_unique { "UNIQUE " } else { "" };
        let condition = condition.map_or_else(String::new, |it| format!(" WHERE {it}"));
        let method = self.dialect.index_method(table, columns);
        let columns = text::names(columns);
        let own = table.name.clone();
        let (name, table) = (text::name(&name), text::name(&table.name));
        let statement =
            format!("CREATE {unique}INDEX {name} ON {table}{method} ({columns}){condition};\n");
        self.statements.push((own, statement));
    }

    /// `wanted`, or `wanted_2` and so on where that name is taken.
    fn free_name(&mut self, wanted: &str) -> String {
        let numbered = (2_usize..).map(|number| format!("{wanted}_{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        let is_free = |name: &String| !self.names.contains(&name.to_ascii_lowercase());
        let name = names.find(is_free).unwrap_or_default();
        self.names.push(name.to_ascii_lowercase());
        name
    }
}

/// The columns by which the service pages through a list: a page must not sort the whole table.
fn list_order<'a>(plan: &'a ServicePlan, route: &Route) -> Option<(&'a Resource, Vec<String>)> {
    let binding = route.binding.as_ref()?;
    let resource = plan.resources.get(binding.resource)?;
    let parent = binding.parent.as_ref().map(|parent| parent.foreign_key);
    let owner = resource.owner.filter(|_| resource.scoped);
    let first = parent.or(owner);
    let created = resource.role_index(Role::CreatedAt)?;
    let positions = first.into_iter().chain([created, resource.key_index()?]);
    let columns = positions.filter_map(|at| resource.column(at)).map(|it| it.name.clone());
    Some((resource, columns.collect()))
}
