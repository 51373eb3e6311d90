//! Query parameters of lists, figures and files (rule D7): those that the document declares, or
//! one for each column where it says that there are some and not which.

mod body;
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
    Deleted, Filter, Include, Included, ListShape, Note, NoteLevel, Operation, PageForm, PageSlot,
    Paging, Query, Resource, Role, Route, Search, Sort, Test, Who,
};
use declared::{Declared, Parameter};

const DELETED: [&str; 4] = ["include_deleted", "with_deleted", "show_deleted", "deleted_too"];

/// The member of a search's body with a text to look for, where the document shows no member.
const SEARCH_TEXT: &str = "query";

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
const SORTS: [&str; 5] = ["sort", "sort_by", "order_by", "ordering", "sort_field"];
const DIRECTIONS: [&str; 6] =
    ["order", "sort_order", "sort_direction", "direction", "sort_dir", "dir"];
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
    let admins = admins(routes);
    for (statement, route) in statements.iter().zip(routes) {
        let Some(binding) = &route.binding else { continue };
        let Some(resource) = resources.get(binding.resource) else { continue };
        let entries = match &route.operation {
            Operation::History(history) => Some(history.entries()),
            _ => None,
        };
        let resource = entries.as_ref().unwrap_or(resource);
        let declared = match route.operation {
            Operation::Search => Declared::of_body(body::of(document, statement, route)),
            _ => declared::of(document, statement),
        };
        let admins = &admins;
        let mut maker = Maker { resources, resource, route, admins, declared: &declared, notes };
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
    /// Roles that may see what is marked as deleted.
    admins: &'a [String],
    declared: &'a Declared,
    notes: &'a mut Vec<Note>,
}

impl Maker<'_> {
    fn query(&mut self, document: &Document, statement: &Statement) -> Option<Query> {
        let mut query = Query { open: self.declared.is_open(), ..Query::default() };
        match &self.route.operation {
            Operation::List | Operation::Search | Operation::History(_) => {
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
            if self.route.operation == Operation::Search {
                query.search = self.search(&Parameter::of(SEARCH_TEXT, self.route.span));
            }
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
        self.route.operation.is_list() || matches!(self.route.operation, Operation::Export(_))
    }

    /// What a parameter may be called: `price_gte` and `gte` of the member `filters.price.gte`.
    fn words(&self, name: &str) -> Vec<String> {
        let path = name.rsplit_once('.').filter(|_| self.route.operation == Operation::Search);
        let Some((outer, last)) = path else { return vec![names::snake(name)] };
        let outer = outer.rsplit('.').next().unwrap_or(outer);
        vec![names::snake(&format!("{outer}_{last}")), names::snake(last)]
    }

    /// The column that a parameter is about, and how it is compared.
    fn condition(&self, parameter: &Parameter) -> Option<(usize, Test)> {
        if self.route.operation != Operation::Search {
            return condition::of(self.resource, &parameter.name);
        }
        let words = self.words(&parameter.name);
        let found = words.iter().find_map(|word| condition::of(self.resource, word));
        match found {
            Some((column, Test::Equal)) if parameter.many => Some((column, Test::In)),
            found => found,
        }
    }

    /// Whether a parameter is called so.
    fn is_called(&self, name: &str, words: &[&str]) -> bool {
        self.words(name).iter().any(|word| words.contains(&word.as_str()))
    }

    /// Finds what a declared parameter stands for.
    fn bind(&mut self, parameter: &Parameter, query: &mut Query) {
        let name = parameter.name.as_str();
        if query.names().contains(&name) {
            return;
        }
        let is = |words: &[&str]| self.is_called(name, words);
        if is(&DELETED) && self.shows_deleted() {
            query.deleted = Some(self.deleted(parameter));
        } else if let Some((column, test)) = self.condition(parameter) {
            query.filters.push(Filter { parameter: name.to_owned(), column, test });
        } else if is(&SEARCHES) && query.search.is_none() {
            query.search = self.search(parameter);
        } else if is(&SORTS) && self.is_ordered() && query.sort.is_none() {
            query.sort = Some(self.sort(name, self.direction()));
        } else if is(&DIRECTIONS) && self.is_ordered() {
            self.bind_order(name, query);
        } else if is(&FIELDS) && self.route.operation.is_list() {
            query.fields = Some(name.to_owned());
        } else if is(&INCLUDES) && self.route.operation.is_list() {
            query.include = self.include(name);
        }
        if !query.names().contains(&name) {
            self.note_idle(parameter);
            query.idle.push(name.to_owned());
        }
    }

    /// Whether rows of the answer may be marked as deleted.
    fn shows_deleted(&self) -> bool {
        self.resource.soft_delete.is_some() && self.route.operation.is_list()
    }

    fn deleted(&mut self, parameter: &Parameter) -> Deleted {
        let (name, roles) = (&parameter.name, self.admins.join("` or `"));
        let message = format!("`{name}` shows deleted rows to callers with the role `{roles}`");
        note(self.notes, NoteLevel::Assumption, "D5", parameter.span, message);
        Deleted { parameter: name.clone(), roles: self.admins.to_vec() }
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
        names.find(|name| self.is_called(name, &DIRECTIONS)).cloned()
    }

    /// `order` beside `sort` is a direction, and an order by itself.
    fn bind_order(&self, name: &str, query: &mut Query) {
        let mut declared = self.declared.parameters.iter();
        let sorts = declared.any(|it| self.is_called(&it.name, &SORTS));
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
            names.find(|name| self.is_called(name, words)).cloned()
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

/// The roles of administrators that the document names, else the usual name of one.
fn admins(routes: &[Route]) -> Vec<String> {
    let mut admins: Vec<String> = Vec::new();
    for access in routes.iter().map(|it| &it.access) {
        let let_in = match &access.who {
            Who::Roles(roles) => roles.as_slice(),
            Who::Anybody | Who::AnyCaller => &[],
        };
        for role in let_in.iter().chain(&access.sees_all) {
            if role.to_lowercase().contains("admin") && !admins.contains(role) {
                admins.push(role.clone());
            }
        }
    }
    if admins.is_empty() { vec!["admin".to_owned()] } else { admins }
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
