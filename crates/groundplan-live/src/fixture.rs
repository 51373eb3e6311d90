//! Small plans for unit tests, made by hand.

use groundplan_model::Certainty;
use groundplan_model::document::Method;
use groundplan_model::schema::{
    Column, ColumnType, ForeignKey, OnDelete, SchemaSql, Table, TableSql,
};
use groundplan_model::service::{
    Access, ErrorShape, Field, ListShape, Operation, Query, Resource, Role, Route, Segment,
    ServicePlan,
};
use groundplan_syntax::{Source, Span};

use crate::caller::Caller;
use crate::store::{Db, Head, Steps, Store};
use crate::{AuditChoice, AuthOptions, CacheOptions, Database, HttpOptions, RunOptions};

/// A nullable column without bounds.
pub(crate) fn column(name: &str, ty: ColumnType) -> Column {
    Column::plain(name, ty, Span::default())
}

/// A table `things` of these columns; the first is its key.
pub(crate) fn resource(columns: Vec<(Column, Role, bool)>) -> Resource {
    let field = |(column, role, required): &(Column, Role, bool)| Field {
        name: column.name.clone(),
        role: *role,
        required: *required,
    };
    let fields = columns.iter().map(field).collect();
    let columns: Vec<Column> = columns.into_iter().map(|(column, _, _)| column).collect();
    let table = Table {
        name: "things".to_owned(),
        span: Span::default(),
        primary_key: columns.iter().take(1).map(|column| column.name.clone()).collect(),
        columns,
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    };
    Resource {
        name: "Thing".to_owned(),
        table,
        fields,
        owner: None,
        scoped: false,
        tenant: None,
        soft_delete: None,
    }
}

/// A resource with a key, a column of each type, and a secret.
pub(crate) fn every_type() -> Resource {
    let plain = |name: &str, ty: ColumnType| (column(name, ty), Role::Plain, false);
    let key = Column { not_null: true, ..column("id", ColumnType::Uuid) };
    resource(vec![
        (key, Role::GeneratedKey, false),
        plain("count", ColumnType::Integer { auto: false }),
        plain("ratio", ColumnType::Float),
        plain("price", ColumnType::Decimal),
        plain("open", ColumnType::Boolean),
        plain("name", ColumnType::Text),
        plain("seen_at", ColumnType::Timestamp),
        plain("day", ColumnType::Date),
        plain("extra", ColumnType::Json),
        plain("data", ColumnType::Bytes),
        plain("tags", ColumnType::Array),
        (column("password", ColumnType::Text), Role::Secret, false),
    ])
}

/// A route that does nothing yet: `route(Method::Get, "/things/{id}")`.
pub(crate) fn route(method: Method, path: &str) -> Route {
    let segment = |text: &str| match text.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(name) => Segment::Parameter(name.to_owned()),
        None => Segment::Literal(text.to_owned()),
    };
    Route {
        method,
        path: path.split('/').filter(|it| !it.is_empty()).map(segment).collect(),
        summary: String::new(),
        operation: Operation::Underived("a test".to_owned()),
        binding: None,
        success: 200,
        deferral: None,
        access: Access::default(),
        list: ListShape::Array,
        query: Query::default(),
        members: Vec::new(),
        rule: None,
        promises: Vec::new(),
        errors: Vec::new(),
        request_example: None,
        response_example: None,
        span: Span::default(),
        statement: Span::default(),
        certainty: Certainty::Stated,
        evidence: Vec::new(),
    }
}

/// A plan of these resources, without routes and policies.
pub(crate) fn plan(resources: Vec<Resource>) -> ServicePlan {
    ServicePlan {
        source: Source::new("design.md", ""),
        title: "Things".to_owned(),
        version: "1.0".to_owned(),
        base_path: String::new(),
        resources,
        own_tables: Vec::new(),
        indexes: Vec::new(),
        routes: Vec::new(),
        error_shape: ErrorShape::Problem,
        error_cases: Vec::new(),
        auth: None,
        rate_limit: None,
        quotas: Vec::new(),
        retention: Vec::new(),
        renames: Vec::new(),
        audit: None,
        caches: Vec::new(),
        outside: Vec::new(),
        notes: Vec::new(),
    }
}

/// Things of an owner (`shelves`), and things that lie on them (`books`) without an owner column.
pub(crate) fn shelves_and_books() -> ServicePlan {
    let key = |name: &str| Column { not_null: true, ..column(name, ColumnType::Text) };
    let mut shelves = resource(vec![
        (key("id"), Role::GeneratedKey, false),
        (key("owner_id"), Role::Owner, false),
        (key("name"), Role::Plain, true),
    ]);
    "shelves".clone_into(&mut shelves.table.name);
    (shelves.owner, shelves.scoped) = (Some(1), true);
    let mut books = resource(vec![
        (key("isbn"), Role::Plain, true),
        (key("shelf_id"), Role::Plain, true),
        (column("pages", ColumnType::Integer { auto: false }), Role::Plain, false),
    ]);
    "books".clone_into(&mut books.table.name);
    books.table.foreign_keys.push(ForeignKey {
        columns: vec!["shelf_id".to_owned()],
        table: "Shelves".to_owned(),
        referred: Vec::new(),
        on_delete: OnDelete::Restrict,
        span: Span::default(),
    });
    plan(vec![shelves, books])
}

/// An empty database in memory.
pub(crate) fn memory() -> Store {
    store(SchemaSql::default())
}

/// A database in memory with the table `name` that `create` makes.
pub(crate) fn store_with(name: &str, create: &str) -> Store {
    let table = TableSql {
        name: name.to_owned(),
        columns: Vec::new(),
        refers_to: Vec::new(),
        create: create.to_owned(),
        later: Vec::new(),
    };
    store(SchemaSql { tables: vec![table], ..SchemaSql::default() })
}

/// Runs a statement of its own; answers how many rows it changed.
pub(crate) async fn execute(store: &Store, sql: String) -> u64 {
    let work = move |db: &Db<'_>| Ok(db.execute(&sql, &Head::of(&Caller::named("")), &[])?);
    store.write(Steps::One, work).await.expect("a statement that works")
}

/// A service on any free port that keeps nothing and has no tables.
pub(crate) fn options() -> RunOptions {
    RunOptions {
        address: ([127, 0, 0, 1], 0).into(),
        database: Database::Memory,
        key: Vec::new(),
        auth: AuthOptions::default(),
        schema: SchemaSql::default(),
        drop_removed: false,
        openapi: "{}".to_owned(),
        api_page: String::new(),
        plan: String::new(),
        http: HttpOptions::default(),
        cache: CacheOptions::default(),
        audit: AuditChoice::Auto,
        fault: None,
    }
}

fn store(schema: SchemaSql) -> Store {
    Store::open(&RunOptions { schema, ..options() }).expect("a database in memory")
}
