//! What all files of code say together.

use super::{ApiOperation, CodeTable, Place};
use crate::Certainty;
use crate::document::Method;

/// A route with everything that it is mounted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedRoute {
    /// Its method; `None` where any will do.
    pub method: Option<Method>,
    /// Its whole path, parameters as the framework writes them.
    pub path: String,
    /// Its path for comparison, as [`crate::paths::shape`] has it.
    pub shape: String,
    /// What answers it; empty for a closure.
    pub handler: String,
    /// The file that states the route.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// `Stated` where the whole path is; less where nothing says what the route is mounted under.
    pub certainty: Certainty,
}

/// A table after all migrations, or as one type defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedTable {
    /// The table.
    pub table: CodeTable,
    /// The file that creates it. Columns may come from others: their places are in
    /// [`LinkedTable::column_files`].
    pub file: String,
    /// The file of each column, in the columns' order.
    pub column_files: Vec<String>,
}

/// An operation of an OpenAPI file, for comparison with routes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedOperation<'a> {
    /// The operation.
    pub operation: &'a ApiOperation,
    /// Its path for comparison.
    pub shape: String,
    /// The file.
    pub file: &'a str,
}
