//! A rule block, typed against the schema: conditions and effects that no other rule can derive
//! (rule D9.1).
//!
//! The language is total: no loops, no calls of other rules, no input but the request, the database
//! and the answers of services that the document names, each called once at most. Every name is resolved here, so a reader of the plan only has to write SQL.

use groundplan_syntax::Span;
use serde_json::Value;

use super::Member;
use crate::document::Method;

/// The conditions and effects of one endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The block's text.
    pub span: Span,
    /// Rows that its names stand for. The first one is the endpoint's own row.
    pub aliases: Vec<Alias>,
    /// Members of the body that it reads, in the order of [`Expression::Body`].
    pub body: Vec<Member>,
    /// What it does, in order.
    pub steps: Vec<Step>,
}

/// A row that a name of the rule stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The name: `row`, `order`, `product`.
    pub name: String,
    /// Index of its resource.
    pub resource: usize,
    /// Which row it is.
    pub kind: AliasKind,
}

/// Which row an alias is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasKind {
    /// The row that the endpoint works on; the new one of a create.
    Row,
    /// The parent in the path.
    Parent,
    /// The row whose `referred` column equals the `foreign_key` column of another alias.
    Referred {
        /// The alias that refers to it.
        from: usize,
        /// Position of the column there.
        foreign_key: usize,
        /// Position of the column in its own resource.
        referred: usize,
    },
}

/// One statement of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The request is refused with `status` unless the condition holds.
    Require {
        /// The condition.
        condition: Expression,
        /// The status of the refusal.
        status: u16,
        /// The statement.
        span: Span,
    },
    /// Columns of one row change.
    Set {
        /// The row.
        alias: usize,
        /// What changes.
        changes: Vec<Change>,
        /// The statement.
        span: Span,
    },
    /// A row is added to another table.
    Insert {
        /// Index of the resource.
        resource: usize,
        /// The new row's columns.
        changes: Vec<Change>,
        /// The statement.
        span: Span,
    },
    /// Another service is asked, before anything is written.
    Call(Box<OutsideCall>),
}

/// A call of another service.
#[derive(Clone, Debug, PartialEq)]
pub struct OutsideCall {
    /// Index of the service in the plan.
    pub service: usize,
    /// The method.
    pub method: Method,
    /// The path below the service's address, in pieces.
    pub path: Vec<Piece>,
    /// Members of the body that is sent; none for no body.
    pub body: Vec<(String, Expression)>,
    /// Members of the answer that the rule reads.
    pub members: Vec<AnswerMember>,
    /// What happens where there is no answer.
    pub otherwise: Otherwise,
    /// The documented answer of the service, for where it has no address.
    pub example: Option<Value>,
    /// The statement.
    pub span: Span,
}

/// A piece of a call's path.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// As it stands.
    Literal(String),
    /// A value, escaped.
    Value(Expression),
}

/// A member of an answer: null where it is missing, or of another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerMember {
    /// Its name, and the names of the objects around it, outermost first.
    pub path: Vec<String>,
    /// What it is.
    pub kind: ValueKind,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// True or false.
    Boolean,
    /// A time, as text.
    Time,
    /// Anything, as JSON.
    Json,
}

/// What happens where another service gives no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The rule goes on; all members are null.
    Skip,
    /// The request is refused.
    Refuse {
        /// The status; that of a service that is not available where the rule says none.
        status: Option<u16>,
        /// The sentence of the refusal, where the rule says one.
        message: Option<String>,
    },
}

/// A column and what it gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Position of the column.
    pub column: usize,
    /// What it gets.
    pub value: Expression,
}

/// A value or a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number, text, boolean or null.
    Constant(Value),
    /// The time of the request.
    Now,
    /// The caller's name.
    Caller,
    /// A member of the body.
    Body(usize),
    /// A column of a row.
    Column {
        /// The row.
        alias: usize,
        /// Position of the column.
        column: usize,
    },
    /// A column of the rows that an aggregate goes through.
    Inner(usize),
    /// A member of another service's answer.
    Answer {
        /// Which of the rule's calls, in order.
        call: usize,
        /// Which of its members.
        member: usize,
    },
    /// A figure over the rows of another table.
    Tally(Box<Tally>),
    /// Two values.
    Binary(Binary, Box<Expression>, Box<Expression>),
    /// The opposite of a condition.
    Not(Box<Expression>),
    /// Whether a value is absent.
    IsNull(Box<Expression>),
    /// Whether a value is one of several.
    In(Box<Expression>, Vec<Expression>),
}

/// A figure over the rows of a table that refer to a row of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// Which figure.
    pub figure: TallyKind,
    /// Index of the resource whose rows are counted.
    pub resource: usize,
    /// Position of its column that refers to the row.
    pub foreign_key: usize,
    /// The row that is referred to, and the position of the column there.
    pub of: (usize, usize),
    /// Position of the column that is added up.
    pub column: Option<usize>,
    /// Which rows count.
    pub filter: Option<Expression>,
}

/// A figure over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyKind {
    /// How many there are.
    Count,
    /// The sum of a column; 0 of no rows.
    Sum,
}

/// What stands between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// Both hold.
    And,
    /// One of the two holds, or both.
    Or,
    /// The same value.
    Equal,
    /// Another value.
    NotEqual,
    /// Smaller, or earlier.
    Less,
    /// Smaller or the same.
    LessOrEqual,
    /// Greater, or later.
    Greater,
    /// Greater or the same.
    GreaterOrEqual,
    /// The sum.
    Add,
    /// The difference.
    Subtract,
    /// The product.
    Multiply,
}

impl Rule {
    /// Whether a request can break one of its conditions.
    pub fn can_refuse(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Require { .. }))
    }

    /// The status of its first condition.
    pub fn status(&self) -> Option<u16> {
        self.statuses().next()
    }

    /// The statuses of its conditions, in order.
    pub fn statuses(&self) -> impl Iterator<Item = u16> {
        self.steps.iter().filter_map(|step| match step {
            Step::Require { status, .. } => Some(*status),
            _ => None,
        })
    }

    /// Calls of other services, in order.
    pub fn calls(&self) -> impl Iterator<Item = &OutsideCall> {
        self.steps.iter().filter_map(|step| match step {
            Step::Call(call) => Some(&**call),
            _ => None,
        })
    }

    /// Statuses of requests whose calls were not answered.
    pub fn unanswered_statuses(&self) -> impl Iterator<Item = u16> {
        self.calls().filter_map(|call| match &call.otherwise {
            Otherwise::Refuse { status, .. } => *status,
            Otherwise::Skip => None,
        })
    }

    /// Changes of the endpoint's own row: what a create or an update stores besides the body.
    pub fn own_changes(&self) -> impl Iterator<Item = &Change> {
        let own = self.steps.iter().filter_map(|step| match step {
            Step::Set { alias: 0, changes, .. } => Some(changes),
            _ => None,
        });
        own.flatten()
    }
}
