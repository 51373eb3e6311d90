//! What must hold for an answer.

use crate::document::Method;
use crate::service::{
    Aggregate, BulkAnswer, ExportFormat, History, Included, ListShape, Paging, Refusal, Test,
};

use super::file::DownloadCheck;
use super::request::{Item, RowId};

/// What must hold for an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Any success with an object, which becomes the row: enough for a set-up.
    Made(RowId),
    /// Any success.
    Done,
    /// A row.
    Row(RowCheck),
    /// This status and no body.
    Empty(u16),
    /// 304: the client has it already.
    NotModified,
    /// A list, of one or of all pages.
    List(ListCheck),
    /// Figures over rows.
    Figures(FiguresCheck),
    /// Entries about a row.
    History(HistoryCheck),
    /// Rows as a file.
    File(FileCheck),
    /// What a write of many rows answers.
    Many(ManyCheck),
    /// The bytes of a file.
    Download(DownloadCheck),
    /// A refusal.
    Error(ErrorCheck),
    /// The job that a request became, whose work is done after the answer.
    Accepted(AcceptedCheck),
    /// Tokens: an object with these members, which is kept.
    Tokens(TokenCheck),
    /// 405 with an `Allow` that names these.
    MethodNotAllowed(Vec<Method>),
}

/// Entries of a row's history: at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryCheck {
    /// The status.
    pub status: u16,
    /// The form of the answer.
    pub shape: ListShape,
    /// What entries are called.
    pub history: History,
    /// The row that they are about.
    pub row: RowId,
    /// The member with the row's key.
    pub key: String,
}

/// What a header of an answer must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// `ETag`: in which state the row is.
    Tag,
    /// `X-Cache`: that this is a copy. A service may keep none, and then nothing is shown.
    Copy,
    /// `X-Cache`: that this is no copy.
    NoCopy,
}

/// A row in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct RowCheck {
    /// The status.
    pub status: u16,
    /// Position of the resource.
    pub resource: usize,
    /// Members and the values that they must have.
    pub known: Vec<(String, Item)>,
    /// The row that it must equal.
    pub same_as: Option<RowId>,
    /// Members in which it may differ from that.
    pub except: Vec<String>,
    /// The row that the answer becomes.
    pub keep: Option<RowId>,
    /// Whether every member must be there. Not asked of a look at what another request did: that
    /// members are missing is told of the endpoint that is looked at.
    pub whole: bool,
    /// Members that the document's example shows.
    pub shown: Vec<String>,
    /// Whether there must be a `Location`.
    pub location: bool,
}

/// The answer of an endpoint whose work is done later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedCheck {
    /// The status.
    pub status: u16,
    /// Members that must be there.
    pub members: Vec<String>,
}

/// An answer with tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenCheck {
    /// The status.
    pub status: u16,
    /// Members that must be there.
    pub members: Vec<String>,
    /// What the answer becomes.
    pub keep: RowId,
}

/// A list in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ListCheck {
    /// The status.
    pub status: u16,
    /// Position of the resource.
    pub resource: usize,
    /// The answer's form.
    pub shape: ListShape,
    /// Rows that must be there, on this page or one that follows.
    pub contains: Vec<RowId>,
    /// Rows that must not be there.
    pub lacks: Vec<RowId>,
    /// Most items of a page.
    pub page: usize,
    /// How pages follow each other.
    pub paging: Option<Paging>,
    /// Members that may have changed since.
    pub except: Vec<String>,
    /// What holds for every row.
    pub fits: Vec<Fit>,
    /// The member that rows are sorted by, and whether they go down.
    pub order: Option<(String, bool)>,
    /// The members that rows have, where not all were asked for.
    pub members: Option<Vec<String>>,
    /// The row that each row shows.
    pub include: Option<Box<Included>>,
    /// Whether there is nothing but `contains`.
    pub only: Only,
    /// Whether every member of its rows must be there.
    pub whole: bool,
    /// Members that the document's example shows.
    pub shown: Vec<String>,
}

/// What holds for every row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Position of the column.
    pub column: usize,
    /// How it is compared.
    pub test: Test,
    /// With what.
    pub value: Item,
}

/// Figures in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FiguresCheck {
    /// The status.
    pub status: u16,
    /// Position of the resource.
    pub resource: usize,
    /// The figures.
    pub figures: Aggregate,
    /// Rows that are among those that the figures are of.
    pub rows: Vec<RowId>,
    /// Whether they are of nothing else.
    pub only: Only,
}

/// A file of rows in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FileCheck {
    /// The status.
    pub status: u16,
    /// Position of the resource.
    pub resource: usize,
    /// Its form.
    pub format: ExportFormat,
    /// Rows that must be there, unless the file says that more follow.
    pub contains: Vec<RowId>,
}

/// The answer to a write of many rows.
#[derive(Clone, Debug, PartialEq)]
pub struct ManyCheck {
    /// The status.
    pub status: u16,
    /// Position of the resource.
    pub resource: usize,
    /// The answer's form.
    pub answer: BulkAnswer,
    /// What each row that was written must show.
    pub rows: Vec<Vec<(String, Item)>>,
    /// The rows that the answer's rows become, in their order.
    pub keep: Vec<RowId>,
}

/// Whether a list has nothing but what the case made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Others may have made rows as well.
    Never,
    /// If the caller is one that nobody used before.
    FreshCaller,
    /// In any case: the list's parent is the case's own.
    Always,
}

/// A refusal in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorCheck {
    /// The status.
    pub status: u16,
    /// The reason for it.
    pub refusal: Refusal,
    /// The member that must be named as faulty, where the form of errors has a place for it.
    pub field: Option<String>,
    /// Whether the body says when to try again.
    pub retry: Retry,
}

/// Whether an error says when to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It must, in `Retry-After` as well.
    Must,
    /// It may.
    May,
    /// It must not.
    Never,
}

impl ErrorCheck {
    /// A refusal with `status`.
    pub(super) fn new(status: u16, refusal: Refusal) -> Self {
        let retry = match (status, refusal) {
            (_, Refusal::RateLimited) => Retry::Must,
            (429 | 503, _) => Retry::May,
            _ => Retry::Never,
        };
        Self { status, refusal, field: None, retry }
    }
}
