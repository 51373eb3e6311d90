//! [`Failed`]: why a database did not do what a statement says, in words for both databases.

/// Why a statement failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// A unique set of columns has these values: `t.a, t.b`, or `index 'name'`.
    Duplicate(String),
    /// The column must have a value.
    NotNull(String),
    /// A value is of another type than its column, or out of its range.
    Datatype(String),
    /// A CHECK says no: its name or its text.
    Check(String),
    /// A row that is referred to is not there, or is referred to by others.
    ForeignKey,
    /// The database itself: busy, full, gone.
    Broken(String),
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Duplicate(what) => write!(f, "a value is there already: {what}"),
            Self::NotNull(column) => write!(f, "no value for {column}"),
            Self::Datatype(what) => write!(f, "a value of the wrong type: {what}"),
            Self::Check(what) => write!(f, "a check failed: {what}"),
            Self::ForeignKey => write!(f, "a foreign key does not hold"),
            Self::Broken(reason) => write!(f, "{reason}"),
        }
    }
}
