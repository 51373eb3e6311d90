//! [`Query`]: what a request may ask for in its query string, and about which columns (rule D7).

use super::auth::is_among;

/// The query parameters of a route. Names of parameters are unique.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Whether every column can be asked for: the document says that there are query parameters,
    /// and not which.
    pub open: bool,
    /// Conditions on rows, one a parameter.
    pub filters: Vec<Filter>,
    /// A search through texts.
    pub search: Option<Search>,
    /// Another order of rows.
    pub sort: Option<Sort>,
    /// Which page of how many rows; `None` where there are no pages.
    pub paging: Option<Paging>,
    /// The parameter that names the members to show.
    pub fields: Option<String>,
    /// Rows that are shown within those that refer to them.
    pub include: Option<Include>,
    /// Rows that are marked as deleted, among the others.
    pub deleted: Option<Deleted>,
    /// Documented parameters that name nothing of the table: taken, and without effect.
    pub idle: Vec<String>,
}

/// A condition on the rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The parameter's name: `status`, `price_min`, `price[gte]`.
    pub parameter: String,
    /// Position of the column.
    pub column: usize,
    /// How the column is compared with the parameter's value.
    pub test: Test,
}

/// How a column is compared with a parameter's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// It is the value.
    Equal,
    /// It is another value, or NULL.
    NotEqual,
    /// The value, or a larger one.
    AtLeast,
    /// A larger value.
    MoreThan,
    /// The value, or a smaller one.
    AtMost,
    /// A smaller value.
    LessThan,
    /// One of several values, set apart by commas.
    In,
    /// A text of this form: `%` stands for any characters, `_` for one, `\` before either for
    /// itself; the case of ASCII letters does not count.
    Like,
    /// NULL where the value is `true`, anything else where it is `false`.
    IsNull,
    /// Anything but NULL where the value is `true`, NULL where it is `false`.
    IsSet,
}

/// Rows of which one text contains the parameter's value, whatever the case of ASCII letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// The parameter's name.
    pub parameter: String,
    /// Positions of the columns that are looked through.
    pub columns: Vec<usize>,
}

/// An order that the request chooses; the primary key always ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The parameter's name. Its value names members, set apart by commas; `-` turns the order of
    /// one around.
    pub parameter: String,
    /// A parameter that is `asc` or `desc`, where the document has one.
    pub direction: Option<String>,
    /// Members that rows can be sorted by, and their columns.
    pub keys: Vec<(String, usize)>,
}

/// Pages of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// How a request says where its page begins.
    pub form: PageForm,
    /// The parameter with the number of rows of a page.
    pub limit: String,
    /// Rows of a page where the request does not say.
    pub default: u32,
    /// Rows of a page at most.
    pub max: u32,
}

/// How a request says where its page begins, with the name of the parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageForm {
    /// After the row that a cursor stands for.
    Cursor(String),
    /// After so many rows.
    Offset(String),
    /// With the page of this number, counted from 1.
    Page(String),
}

/// Rows that are shown within those that refer to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The parameter's name. Its value names rows to include, set apart by commas.
    pub parameter: String,
    /// What can be included.
    pub rows: Vec<Included>,
}

/// A row that another refers to, shown as a member of that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// The member: `customer` for `customer_id`.
    pub name: String,
    /// Position of the column that refers to it.
    pub column: usize,
    /// Index of the resource that is referred to.
    pub resource: usize,
    /// Position of the column there.
    pub referred: usize,
}

/// Rows that are marked as deleted are shown to whom it may concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// The parameter's name; its value is `true` or `false`.
    pub parameter: String,
    /// Roles that may ask for them; nobody is asked where the service knows no callers.
    pub roles: Vec<String>,
}

impl Deleted {
    /// Whether a caller with this role may ask for them.
    pub fn admits(&self, role: &str) -> bool {
        is_among(&self.roles, role)
    }
}

impl Query {
    /// The names of all parameters, each once.
    pub fn names(&self) -> Vec<&str> {
        let paging = self.paging.iter().flat_map(|it| [it.limit.as_str(), it.form.parameter()]);
        let search = self.search.iter().map(|it| it.parameter.as_str());
        let sort = self
            .sort
            .iter()
            .flat_map(|it| std::iter::once(it.parameter.as_str()).chain(it.direction.as_deref()));
        let include = self.include.iter().map(|it| it.parameter.as_str());
        let filters = self.filters.iter().map(|it| it.parameter.as_str());
        let fields = self.fields.iter().map(String::as_str);
        let idle = self.idle.iter().map(String::as_str);
        let deleted = self.deleted.iter().map(|it| it.parameter.as_str());
        let all = paging.chain(deleted).chain(search).chain(sort).chain(fields).chain(include);
        all.chain(filters).chain(idle).collect()
    }

    /// The filter with this column and test.
    pub fn filter(&self, column: usize, test: Test) -> Option<&Filter> {
        self.filters.iter().find(|it| it.column == column && it.test == test)
    }
}

impl PageForm {
    /// The parameter's name.
    pub fn parameter(&self) -> &str {
        match self {
            Self::Cursor(name) | Self::Offset(name) | Self::Page(name) => name,
        }
    }
}

impl Test {
    /// Whether its value is `true` or `false`, and none of the column's.
    pub fn asks_for_null(self) -> bool {
        matches!(self, Self::IsNull | Self::IsSet)
    }

    /// The operators of a parameter such as `price[gte]`.
    pub const OPERATORS: [(&'static str, Self); 8] = [
        ("ne", Self::NotEqual),
        ("gt", Self::MoreThan),
        ("gte", Self::AtLeast),
        ("lt", Self::LessThan),
        ("lte", Self::AtMost),
        ("in", Self::In),
        ("like", Self::Like),
        ("null", Self::IsNull),
    ];
}
