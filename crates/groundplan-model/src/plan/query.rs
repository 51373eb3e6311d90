//! Query parameters of lists, figures and files (rule D7): those that the document declares, or
//! one for each column where it says that there are some and not which.

mod condition;
mod declared;
mod page_size;
#[cfg(test)]
mod tests;

use super::statements::Statement;
use super::{names, note, resource_index};
use crate::document::Document;
use crate::schema::{Column, ColumnType};
use crate::service::{
    Filter, Include, Included, ListShape, Note, NoteLevel, Operation, PageForm, PageSlot, Paging,
    Query, Resource, Role, Route, Search, Sort, Test,
};
use declared::{Declared, Parameter};

const LIMITS: [&str; 9] = [
    "limit",
    "per_page",
    "page_size",
    "size",
    "max_results",
    "page_limit",
    "count",
    "take",
    "items_per_page",
];
const PAGES: [&str; 3] = ["page", "page_number", "page_no"];
const OFFSETS: [&str; 4] = ["offset", "skip", "start", "start_at"];
const CURSORS: [&str; 5] = ["cursor", "page_token", "next_token", "continuation_token", "marker"];
const SEARCHES: [&str; 6] = ["q", "search", "query", "keyword", "term", "text"];
const SORTS: [&str; 4] = ["sort", "sort_by", "order_by", "ordering"];
const DIRECTIONS: [&str; 5] = ["order", "sort_order", "direction", "sort_dir", "dir"];
const FIELDS: [&str; 2] = ["fields", "select"];
const INCLUDES: [&str; 3] = ["include", "expand", "embed"];

/// Gives every route that reads or removes many rows its parameters. Members have their names by
/// now, and routes their forms.
pub(super) fn settle(
    statements: &[Statement],
    routes: &mut [Route],
    resources: &[Resource],
    document: &Document,
    notes: &mut Vec<Note>,
) {
    for (statement, route) in statements.iter().zip(routes) {
        let Some(binding) = &route.binding else { continue };
        let Some(resource) = resources.get(binding.resource) else { continue };
        let entries = match &route.operation {
            Operation::History(history) => Some(history.entries()),
            _ => None,
        };
        let resource = entries.as_ref().unwrap_or(resource);
        let declared = declared::of(document, statement);
        let mut maker = Maker { resources, resource, route, declared: &declared, notes };
        if let Some(query) = maker.query(document, statement) {
            route.query = query;
        }
    }
}

/// What making the query of one route looks at and writes down.
struct Maker<'a> {
    resources: &'a [Resource],
    resource: &'a Resource,
    route: &'a Route,
    declared: &'a Declared,
    notes: &'a mut Vec<Note>,
}

impl Maker<'_> {
    fn query(&mut self, document: &Document, statement: &Statement) -> Option<Query> {
        let mut query = Query { open: self.declared.is_open(), ..Query::default() };
        match &self.route.operation {
            Operation::List | Operation::History(_) => {
                query.paging = Some(self.paging(document, statement));
            }
            Operation::Export(export) => {
                query.paging = Some(file_paging());
                // Taken by the operation itself.
                query.idle.extend(export.parameter.clone());
            }
            Operation::Aggregate(_) | Operation::DeleteMany(_) => {}
            _ => return None,
        }
        if query.open {
            query.filters = open_filters(self.resource);
            query.sort = self.is_ordered().then(|| self.sort("sort", None));
        }
        for parameter in &self.declared.parameters {
            self.bind(parameter, &mut query);
        }
        if let Operation::Export(export) = &self.route.operation {
            query.idle.retain(|name| Some(name) != export.parameter.as_ref());
        }
        Some(query)
    }

    /// Whether the answer has rows in an order.
    fn is_ordered(&self) -> bool {
        matches!(self.route.operation, Operation::List | Operation::Export(_))
    }

    /// Finds what a declared parameter stands for.
    fn bind(&mut self, parameter: &Parameter, query: &mut Query) {
        let name = parameter.name.as_str();
        if query.names().contains(&name) {
            return;
        }
        let word = names::snake(name);
        let is = |words: &[&str]| words.contains(&word.as_str());
        if let Some((column, test)) = condition::of(self.resource, name) {
            query.filters.push(Filter { parameter: name.to_owned(), column, test });
        } else if is(&SEARCHES) && query.search.is_none() {
            query.search = self.search(parameter);
        } else if is(&SORTS) && self.is_ordered() && query.sort.is_none() {
            query.sort = Some(self.sort(name, self.direction()));
        } else if is(&DIRECTIONS) && self.is_ordered() {
            self.bind_order(name, query);
        } else if is(&FIELDS) && self.route.operation == Operation::List {
            query.fields = Some(name.to_owned());
        } else if is(&INCLUDES) && self.route.operation == Operation::List {
            query.include = self.include(name);
        }
        if !query.names().contains(&name) {
            self.note_idle(parameter);
            query.idle.push(name.to_owned());
        }
    }

    fn note_idle(&mut self, parameter: &Parameter) {
        let (name, table) = (&parameter.name, &self.resource.table.name);
        let message =
            format!("`{name}` names nothing of `{table}`: it is taken and changes nothing");
        note(self.notes, NoteLevel::Assumption, "D7", parameter.span, message);
    }

    fn search(&mut self, parameter: &Parameter) -> Option<Search> {
        let columns: Vec<usize> = comparable(self.resource)
            .filter(|(at, column)| is_free_text(column) && self.is_content(*at))
            .map(|(at, _)| at)
            .collect();
        let texts = columns.iter().filter_map(|at| self.resource.fields.get(*at));
        let texts: Vec<String> = texts.map(|field| format!("`{}`", field.name)).collect();
        if columns.is_empty() {
            return None;
        }
        let name = &parameter.name;
        let message = format!("`{name}` looks through {}", texts.join(", "));
        note(self.notes, NoteLevel::Assumption, "D7", parameter.span, message);
        Some(Search { parameter: name.clone(), columns })
    }

    /// Whether a column says something by itself, and is no name of another row.
    fn is_content(&self, at: usize) -> bool {
        let role = self.resource.fields.get(at).map(|field| field.role);
        let name = self.resource.column(at).map(|it| &it.name);
        let mut keys = self.resource.table.foreign_keys.iter().flat_map(|key| &key.columns);
        role != Some(Role::Owner) && !keys.any(|it| Some(it) == name)
    }

    fn sort(&self, parameter: &str, direction: Option<String>) -> Sort {
        let key = |(at, _): (usize, &Column)| {
            self.resource.fields.get(at).map(|field| (field.name.clone(), at))
        };
        let keys = comparable(self.resource).filter_map(key).collect();
        Sort { parameter: parameter.to_owned(), direction, keys }
    }

    /// The declared parameter that only says `asc` or `desc`.
    fn direction(&self) -> Option<String> {
        let mut names = self.declared.parameters.iter().map(|it| &it.name);
        names.find(|name| DIRECTIONS.contains(&names::snake(name).as_str())).cloned()
    }

    /// `order` beside `sort` is a direction, and an order by itself.
    fn bind_order(&self, name: &str, query: &mut Query) {
        let mut declared = self.declared.parameters.iter();
        let sorts = declared.any(|it| SORTS.contains(&names::snake(&it.name).as_str()));
        if !sorts && name == "order" {
            query.sort = Some(self.sort(name, None));
        }
    }

    fn include(&self, parameter: &str) -> Option<Include> {
        let keys = self.resource.table.foreign_keys.iter();
        let rows: Vec<Included> = keys.filter_map(|key| self.included(key)).collect();
        (!rows.is_empty()).then(|| Include { parameter: parameter.to_owned(), rows })
    }

    /// `customer_id` refers to a row that is shown as `customer`.
    fn included(&self, key: &crate::schema::ForeignKey) -> Option<Included> {
        let [column] = key.columns.as_slice() else { return None };
        let column = self.resource.table.column_index(column)?;
        let name = &self.resource.fields.get(column)?.name;
        let stem = ["_id", "Id", "_uuid"].iter().find_map(|it| name.strip_suffix(it))?;
        let resource = resource_index(self.resources, &key.table)?;
        let table = &self.resources.get(resource)?.table;
        let referred = key.referred.first().or_else(|| table.primary_key.first())?;
        let referred = table.column_index(referred)?;
        let is_taken = self.resource.fields.iter().any(|field| field.name == stem);
        (!is_taken).then(|| Included { name: stem.to_owned(), column, resource, referred })
    }

    fn paging(&self, document: &Document, statement: &Statement) -> Paging {
        let declared = |words: &[&str]| {
            let mut names = self.declared.parameters.iter().map(|it| &it.name);
            names.find(|name| words.contains(&names::snake(name).as_str())).cloned()
        };
        let page = declared(&PAGES).map(PageForm::Page);
        let offset = || declared(&OFFSETS).map(PageForm::Offset);
        let cursor = || declared(&CURSORS).map(PageForm::Cursor);
        let form = page.or_else(offset).or_else(cursor);
        let form = form.unwrap_or_else(|| usual_form(&self.route.list));
        let limit = declared(&LIMITS).unwrap_or_else(|| usual_limit(&self.route.list));
        let (default, max) = page_size::of(document, statement, self.route);
        Paging { form, limit, default, max }
    }
}

/// What the envelope shows: a page's number, an offset; else a cursor.
fn usual_form(shape: &ListShape) -> PageForm {
    match () {
        () if shape.shows(&PageSlot::Page) => PageForm::Page("page".to_owned()),
        () if shape.shows(&PageSlot::Offset) => PageForm::Offset("offset".to_owned()),
        () => PageForm::Cursor("cursor".to_owned()),
    }
}

/// The parameter is called as the envelope's member is.
fn usual_limit(shape: &ListShape) -> String {
    let slots = shape.slots();
    let shown = slots.iter().find(|(_, slot)| **slot == PageSlot::Limit);
    let name = shown.and_then(|(path, _)| path.last()).copied().unwrap_or("limit");
    name.to_owned()
}

/// Files are not read in pages; a bound is there all the same, with a cursor beyond it.
fn file_paging() -> Paging {
    let form = PageForm::Cursor("cursor".to_owned());
    Paging { form, limit: "limit".to_owned(), default: FILE_ROWS, max: FILE_ROWS }
}

/// Rows of a file at most.
const FILE_ROWS: u32 = 10_000;

/// Columns that are shown and have values that can be compared.
fn comparable(resource: &Resource) -> impl Iterator<Item = (usize, &Column)> {
    let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
    let open = fields.filter(|(_, (field, column))| {
        let shapeless =
            matches!(column.ty, ColumnType::Json | ColumnType::Array | ColumnType::Bytes);
        field.role.is_shown() && !shapeless
    });
    open.map(|(at, (_, column))| (at, column))
}

fn is_free_text(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Text | ColumnType::Other) && column.allowed.is_empty()
}

fn is_ordered(column: &Column) -> bool {
    matches!(
        column.ty,
        ColumnType::Integer { .. }
            | ColumnType::Float
            | ColumnType::Decimal
            | ColumnType::Timestamp
            | ColumnType::Date
    )
}

/// Equality for each column, and the operators that fit its type.
fn open_filters(resource: &Resource) -> Vec<Filter> {
    let mut filters = Vec::new();
    for (column, it) in comparable(resource) {
        let Some(field) = resource.fields.get(column) else { continue };
        let name = &field.name;
        filters.push(Filter { parameter: name.clone(), column, test: Test::Equal });
        let fitting = Test::OPERATORS.iter().filter(|(_, test)| fits(it, *test));
        filters.extend(fitting.map(|(operator, test)| Filter {
            parameter: format!("{name}[{operator}]"),
            column,
            test: *test,
        }));
    }
    filters.retain(|it| !["limit", "cursor", "sort"].contains(&it.parameter.as_str()));
    filters
}

/// Whether a test tells something about values of the column's type.
fn fits(column: &Column, test: Test) -> bool {
    match test {
        Test::Equal | Test::NotEqual | Test::In => column.ty != ColumnType::Boolean,
        Test::AtLeast | Test::MoreThan | Test::AtMost | Test::LessThan => is_ordered(column),
        Test::Like => is_free_text(column),
        Test::IsNull | Test::IsSet => !column.not_null,
    }
}
