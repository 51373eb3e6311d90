//! The data model, in one form for every dialect.

mod statements;

use std::borrow::Cow;

use groundplan_syntax::Span;

use crate::document::Text;

pub use statements::{ColumnSql, Rename, SchemaSql, TableSql};

/// Tables, indexes and enumerations that a document defines, and the names that it uses.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// Later definitions of tables that are defined already; the first one counts.
    pub redefined: Vec<Table>,
    /// Indexes, in order.
    pub indexes: Vec<Index>,
    /// Tables and columns that queries, keys and indexes name.
    pub uses: Vec<NameUse>,
    /// SQL that does not parse: the parser's message and its place.
    pub faults: Vec<Text>,
    /// Values that comments behind columns list.
    pub value_lists: Vec<ValueList>,
}

impl Schema {
    /// The table named `name`, compared without case and without its schema prefix.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }
}

/// Values of a column, as the comment behind it lists them: `status TEXT, -- open, closed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueList {
    /// The column's table.
    pub table: String,
    /// The column.
    pub column: String,
    /// At least two values.
    pub values: Vec<String>,
    /// Where the column stands.
    pub span: Span,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its name, without a schema prefix.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Names of the primary key's columns.
    pub primary_key: Vec<String>,
    /// Sets of columns that are unique together; those of one column included.
    pub uniques: Vec<Vec<String>>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// CHECK constraints that are not about one column's values alone, as SQL text.
    pub checks: Vec<String>,
}

impl Table {
    /// The column named `name`, compared without case.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// Position of the column named `name`.
    pub fn column_index(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name))
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its type.
    pub ty: ColumnType,
    /// The type as written.
    pub declared: String,
    /// Whether NULL is refused; true for primary keys.
    pub not_null: bool,
    /// Its default.
    pub default: Option<DefaultValue>,
    /// Longest text in characters: `VARCHAR(255)` or `CHECK (length(x) <= 255)`.
    pub max_length: Option<u64>,
    /// Shortest text in characters.
    pub min_length: Option<u64>,
    /// Smallest number: `CHECK (x >= 1)`. Of a bound that itself is refused (`x > 0`), the number
    /// next to it; [`Column::least`] tells the two apart.
    pub minimum: Option<f64>,
    /// Largest number, in the same way.
    pub maximum: Option<f64>,
    /// Allowed values: `CHECK (x IN (…))` or an enumerated type.
    pub allowed: Vec<String>,
}

impl Column {
    /// A column that may be NULL, without default and bounds.
    pub fn plain(name: impl Into<String>, ty: ColumnType, span: Span) -> Self {
        Self {
            name: name.into(),
            span,
            ty,
            declared: String::new(),
            not_null: false,
            default: None,
            max_length: None,
            min_length: None,
            minimum: None,
            maximum: None,
            allowed: Vec::new(),
        }
    }

    /// The same column without bounds on its values and their length.
    #[must_use]
    pub fn unbounded(&self) -> Self {
        let (min_length, max_length, minimum, maximum) = Default::default();
        Self { min_length, max_length, minimum, maximum, ..self.clone() }
    }

    /// How many digits a decimal has, and how many of them behind the point: `(10, 2)` of
    /// `NUMERIC(10, 2)`, `(10, 0)` of `NUMERIC(10)`.
    pub fn precision(&self) -> Option<(usize, usize)> {
        let (_, inside) = self.declared.split_once('(')?;
        let (inside, _) = inside.split_once(')')?;
        let mut numbers = inside.split(',').map(|number| number.trim().parse().ok());
        let all = numbers.next()??;
        Some((all, numbers.next().flatten().unwrap_or(0)))
    }

    /// The lower bound of numbers.
    pub fn least(&self) -> Option<Limit> {
        self.minimum.map(|it| Limit::of(it, it.next_down()))
    }

    /// The upper bound of numbers.
    pub fn most(&self) -> Option<Limit> {
        self.maximum.map(|it| Limit::of(it, it.next_up()))
    }

    /// A short number near the lower bound that both bounds allow.
    pub fn low(&self) -> Option<f64> {
        match self.least()? {
            Limit::Included(least) => Some(least),
            Limit::Excluded(least) => {
                let most = self.maximum.filter(|most| *most < least + 1.0);
                Some(most.map_or(least + 1.0, |most| f64::midpoint(least, most)))
            }
        }
    }
}

/// A bound of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// The bound itself is allowed.
    Included(f64),
    /// It is not.
    Excluded(f64),
}

impl Limit {
    /// The bound that is kept as `kept`. No document writes the number next to a round one, which
    /// has some hundred digits.
    fn of(kept: f64, beside: f64) -> Self {
        let digits = |it: f64| it.to_string().len();
        if digits(kept) > digits(beside) + 8 {
            Self::Excluded(beside)
        } else {
            Self::Included(kept)
        }
    }
}

/// A column's type, whatever the dialect calls it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ColumnType {
    /// Whole numbers; `auto` where the database counts (`SERIAL`, `AUTOINCREMENT`, identity).
    Integer {
        /// Whether the database fills it.
        auto: bool,
    },
    /// Binary floating point.
    Float,
    /// Exact decimals.
    Decimal,
    /// True or false.
    Boolean,
    /// Text of any length.
    Text,
    /// A UUID.
    Uuid,
    /// A point in time.
    Timestamp,
    /// A calendar day.
    Date,
    /// JSON of any shape.
    Json,
    /// Bytes.
    Bytes,
    /// An array, as JSON on the wire.
    Array,
    /// A type that we do not know; text on the wire.
    Other,
}

/// A column's default.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// The time of the statement.
    Now,
    /// A fresh UUID.
    NewUuid,
    /// A constant, in the column's JSON form.
    Constant(serde_json::Value),
    /// Any other expression, as SQL text.
    Expression(String),
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The table's own columns.
    pub columns: Vec<String>,
    /// The table that is referred to.
    pub table: String,
    /// The columns there; empty for its primary key.
    pub referred: Vec<String>,
    /// What happens when the referred row goes.
    pub on_delete: OnDelete,
    /// Where it is stated.
    pub span: Span,
}

/// What happens to a row when the row that it refers to is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnDelete {
    /// Deleting is refused.
    #[default]
    Restrict,
    /// The row goes too.
    Cascade,
    /// The reference becomes NULL.
    SetNull,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: String,
    /// Its columns; expressions are left out.
    pub columns: Vec<String>,
    /// Whether it is unique.
    pub unique: bool,
    /// Its condition, as SQL text.
    pub condition: Option<String>,
    /// Where the name stands.
    pub span: Span,
}

/// A table or a column that is named, not defined.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NameUse {
    /// The table.
    pub table: Text,
    /// The column; `None` where only the table is named.
    pub column: Option<Text>,
    /// What names it: `index`, `foreign key`, `query`.
    pub by: Cow<'static, str>,
}
