//! The facts that code states, each with its place. They can be written to a cache.

use groundplan_syntax::Span;
use serde::{Deserialize, Serialize};

use super::Language;
use crate::Certainty;
use crate::document::Method;

/// Where a fact stands in its file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32, u32)", into = "(u32, u32, u32)")]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The bytes.
    pub span: Span,
}

impl From<(u32, u32, u32)> for Place {
    fn from((line, start, end): (u32, u32, u32)) -> Self {
        Self { line, span: Span { start, end: end.max(start) } }
    }
}

impl From<Place> for (u32, u32, u32) {
    fn from(place: Place) -> Self {
        (place.line, place.span.start, place.span.end)
    }
}

/// Everything that one file of code states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFile {
    /// Its path, as it will be printed.
    pub path: String,
    /// What it is written in.
    pub language: Language,
    /// Routes as the file itself states them, without what another file mounts them under.
    pub routes: Vec<Route>,
    /// What routes are registered with: applications, routers, groups.
    pub routers: Vec<Router>,
    /// Which router is mounted in which, and where.
    pub mounts: Vec<Mount>,
    /// Constants that may be parts of paths: their values begin with `/`.
    pub constants: Vec<Constant>,
    /// Names that come from other files.
    pub imports: Vec<Import>,
    /// What the file gives to one that names only the file: `export default`, `module.exports`.
    pub default_export: Option<String>,
    /// Tables that it defines.
    pub tables: Vec<CodeTable>,
    /// Changes of tables that may be defined elsewhere, in order; creations are among the tables.
    pub table_changes: Vec<TableChange>,
    /// Its place in a chain of migrations, where it is one and says so.
    pub migration: Option<Migration>,
    /// Names of environment variables that it reads or sets.
    pub env_vars: Vec<Named>,
    /// Operations of an OpenAPI file.
    pub operations: Vec<ApiOperation>,
    /// Ids of requirements that it names.
    pub tags: Vec<Tag>,
    /// Test functions and cases.
    pub tests: Vec<Named>,
    /// Types and functions at the top level.
    pub symbols: Vec<Named>,
}

impl CodeFile {
    /// A file of which nothing is known yet.
    pub fn new(path: &str, language: Language) -> Self {
        Self {
            path: path.to_owned(),
            language,
            routes: Vec::new(),
            routers: Vec::new(),
            mounts: Vec::new(),
            constants: Vec::new(),
            imports: Vec::new(),
            default_export: None,
            tables: Vec::new(),
            table_changes: Vec::new(),
            migration: None,
            env_vars: Vec::new(),
            operations: Vec::new(),
            tags: Vec::new(),
            tests: Vec::new(),
            symbols: Vec::new(),
        }
    }
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// How sure the reading is.
    pub certainty: Certainty,
}

/// A route as one file states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Its method; `None` where any will do.
    pub method: Option<Method>,
    /// Its path as written, behind the prefixes that stand beside it.
    pub path: String,
    /// What answers it; empty for a closure.
    pub handler: String,
    /// What it is registered with: the name of one of the file's routers.
    pub router: String,
    /// Where its path stands.
    pub place: Place,
    /// How sure the reading is, what it is mounted under left aside.
    pub certainty: Certainty,
}

/// What routes are registered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Router {
    /// Its name within the file: a variable, or the function that makes or takes it.
    pub name: String,
    /// Whether it is the application itself: nothing stands before its paths.
    pub is_root: bool,
    /// What it puts before its own paths.
    pub prefix: String,
}

/// A router within a router.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// The outer one, by its name within the file.
    pub parent: String,
    /// The inner one as written: a name of this file, or one that leads into another.
    pub child: String,
    /// What is put before the inner one's paths.
    pub prefix: String,
    /// The constant of another file that stands before the prefix.
    pub constant: Option<String>,
    /// Whether the prefix takes the place of the inner one's own.
    pub replaces: bool,
    /// How sure the prefix is.
    pub certainty: Certainty,
    /// Where it stands.
    pub place: Place,
}

/// A constant text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A name that comes from another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// What this file calls it.
    pub local: String,
    /// The module as written: `app.routers`, `./routes/items`, `crate::routes`.
    pub module: String,
    /// Its name there; `None` for the module itself or what it gives by default.
    pub name: Option<String>,
}

/// The form that a table was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the tool of its name")]
pub enum TableForm {
    Sql,
    SqlAlchemy,
    Alembic,
    Prisma,
    Diesel,
    SeaOrm,
    TypeOrm,
    Django,
    Gorm,
}

impl TableForm {
    /// Whether it is a step in a chain of migrations: tables are what all steps leave behind.
    pub fn is_migration(self) -> bool {
        matches!(self, Self::Sql | Self::Alembic)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeTable {
    /// Its name, without a schema prefix.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<CodeColumn>,
    /// The form it was read from.
    pub form: TableForm,
    /// Where its name stands.
    pub place: Place,
    /// `Inferred` where the name is made from that of a type.
    pub certainty: Certainty,
}

impl CodeTable {
    /// The column named `name`, compared without case.
    pub fn column(&self, name: &str) -> Option<&CodeColumn> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeColumn {
    /// Its name.
    pub name: String,
    /// Its type as written.
    pub ty: String,
    /// Whether NULL is allowed; `None` where that is not stated.
    pub nullable: Option<bool>,
    /// Where its name stands.
    pub place: Place,
}

/// A change of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant and field says what it is")]
pub enum TableChange {
    AddColumn { table: String, column: CodeColumn },
    DropColumn { table: String, column: String, place: Place },
    RenameColumn { table: String, from: String, to: String, place: Place },
    AlterColumn { table: String, column: String, ty: Option<String>, nullable: Option<bool> },
    RenameTable { from: String, to: String, place: Place },
    DropTable { table: String, place: Place },
}

/// A file's place in a chain of migrations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Migration {
    /// Its id.
    pub id: String,
    /// The id of the one before.
    pub after: Option<String>,
}

/// An operation of an OpenAPI file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiOperation {
    /// Its method.
    pub method: Method,
    /// Its path, behind the path of the first server.
    pub path: String,
    /// The statuses under `responses`.
    pub statuses: Vec<u16>,
    /// Where the method's key stands.
    pub place: Place,
}

/// How a trace tag is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TagForm {
    /// `[impl billing.retry-limit+2]`
    Native,
    /// `[impl->dsn~login~1]`
    OpenFastTrace,
    /// `r[impl auth.login+2]`
    Tracey,
    /// `@relation(REQ-1, scope=function)`
    StrictDoc,
    /// `lobster-trace: package.requirement`
    Lobster,
    /// The id alone, in a comment or in the name of a test.
    Plain,
}

/// A place of the code that names a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// What the code is to the requirement: `impl`, `test`, `verify`; as written.
    pub kind: String,
    /// The requirement's id.
    pub id: String,
    /// The revision that the code knows.
    pub revision: Option<u32>,
    /// How it is written.
    pub form: TagForm,
    /// The function or type that it belongs to; `None` for the file.
    pub item: Option<String>,
    /// Where the id stands.
    pub place: Place,
    /// How sure the reading is.
    pub certainty: Certainty,
}
