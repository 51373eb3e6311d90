//! Operations on many rows at once: figures, files, and bulk writes (rule D4).

use serde_json::Value;

use super::ListShape;

/// An object of figures over the rows that a request asks for; never empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// Members in the answer's order.
    pub members: Vec<(String, Figure)>,
}

/// A figure over rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// How many rows.
    Count,
    /// How many rows have this value in the column at this position.
    CountOf(usize, String),
    /// How many rows have which of a column's known values: a member each.
    CountBy(usize),
    /// The sum of a column; 0 without rows.
    Sum(usize),
    /// The mean of a column; null without rows.
    Mean(usize),
    /// The smallest value of a column; null without rows.
    Least(usize),
    /// The largest value of a column; null without rows.
    Most(usize),
    /// Figures one level down.
    Object(Vec<(String, Figure)>),
}

impl Aggregate {
    /// Every figure but objects, with the path of its members.
    pub fn figures(&self) -> Vec<(Vec<&str>, &Figure)> {
        figures(&self.members)
    }
}

fn figures(members: &[(String, Figure)]) -> Vec<(Vec<&str>, &Figure)> {
    let mut found = Vec::new();
    for (name, figure) in members {
        match figure {
            Figure::Object(inner) => {
                let below = figures(inner).into_iter().map(|(path, figure)| {
                    (std::iter::once(name.as_str()).chain(path).collect(), figure)
                });
                found.extend(below);
            }
            figure => found.push((vec![name.as_str()], figure)),
        }
    }
    found
}

/// Rows as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The forms that a request can ask for by `Accept`, the usual one first; never empty.
    pub formats: Vec<ExportFormat>,
    /// The parameter that asks for a form as well.
    pub parameter: Option<String>,
}

/// The form of a file of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// RFC 4180, with a line of names.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// A JSON array.
    Json,
}

impl ExportFormat {
    /// Every form, the usual one first.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Ndjson, Self::Json];

    /// What a parameter calls it, and how its files end.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Json => "json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
            Self::Json => "application/json",
        }
    }
}

/// A write of many rows: all of them, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    /// Where the request says which rows.
    pub source: BulkSource,
    /// What success is answered with.
    pub answer: BulkAnswer,
    /// Rows of a request at most.
    pub max: u32,
}

/// Where a request says which rows are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkSource {
    /// The body is an array of rows, or has it in this member; a row that is there already is
    /// named by its key.
    Rows(Option<String>),
    /// The body is an array of keys, or has it in a member.
    Keys {
        /// The member with the keys.
        member: Option<String>,
        /// The member with what changes; `None` where that stands beside the keys.
        changes: Option<String>,
    },
    /// The filters of the query; there has to be one.
    Query,
}

/// What a write of many rows answers.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkAnswer {
    /// Nothing.
    Nothing,
    /// The rows as they are now.
    Rows(ListShape),
    /// An object.
    Object(Vec<(String, BulkSlot)>),
}

/// What stands for a member of such an object.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkSlot {
    /// How many rows were written.
    Count,
    /// The rows as they are now.
    Rows,
    /// The keys of the rows.
    Keys,
    /// What the document shows.
    Constant(Value),
}
