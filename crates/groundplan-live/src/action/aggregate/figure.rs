//! Figures as SQL, and the row of their results as JSON.
//!
//! Sums are exact: whole numbers and decimals of few digits are added in two halves of 32 bits,
//! which neither database can overflow, and put together here.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Aggregate, Figure, Resource};
use serde_json::Value;

use crate::store::sql::{literal, quote};
use crate::store::{Row, Seen};

/// Digits of a decimal that are added exactly: more do not fit into a whole number that a float
/// passes through.
const EXACT_DIGITS: u32 = 15;

/// 2^32: floats are added divided by it, so that no sum of numbers is beyond all numbers.
const HALF: f64 = 4_294_967_296.0;

/// Figures with the positions of what they are made from.
pub(super) struct Figures {
    members: Vec<(String, Node)>,
    select: Vec<String>,
}

enum Node {
    /// A number of rows.
    Count(usize),
    Sum(Sum),
    /// A sum, and the position of how many values it is of.
    Mean(Sum, usize),
    /// A value of a column, with the decimal places that it has.
    Value(usize, Option<usize>),
    Object(Vec<(String, Node)>),
}

#[derive(Clone, Copy)]
enum Sum {
    /// The upper and the lower half, and how many decimal places; `None` for a whole number.
    Exact(usize, usize, Option<u32>),
    Float {
        at: usize,
        is_text: bool,
    },
}

impl Figures {
    pub(super) fn new(resource: &Resource, plan: &Aggregate, table: &str) -> Self {
        let mut maker = Maker { resource, table, select: Vec::new() };
        let members = maker.members(&plan.members);
        Self { members, select: maker.select }
    }

    pub(super) fn select(&self) -> String {
        self.select.join(", ")
    }

    /// The results as a JSON object.
    pub(super) fn write(&self, row: &Row<'_>) -> Vec<u8> {
        let mut body = Vec::with_capacity(256);
        object(&self.members, row, &mut body);
        body
    }
}

struct Maker<'a> {
    resource: &'a Resource,
    table: &'a str,
    select: Vec<String>,
}

impl Maker<'_> {
    fn members(&mut self, members: &[(String, Figure)]) -> Vec<(String, Node)> {
        members.iter().map(|(name, figure)| (name.clone(), self.node(figure))).collect()
    }

    fn node(&mut self, figure: &Figure) -> Node {
        match figure {
            Figure::Count => Node::Count(self.take("count(*)".to_owned())),
            Figure::CountOf(at, value) => self.count_of(*at, value),
            Figure::CountBy(at) => {
                let values = self.resource.column(*at).map(|it| it.allowed.clone());
                let values = values.unwrap_or_default().into_iter();
                let counts = values.map(|value| {
                    let count = self.count_of(*at, &value);
                    (value, count)
                });
                Node::Object(counts.collect())
            }
            Figure::Sum(at) => Node::Sum(self.sum(*at)),
            Figure::Mean(at) => {
                let sum = self.sum(*at);
                let count = format!("count({})", self.name(*at));
                Node::Mean(sum, self.take(count))
            }
            Figure::Least(at) => self.bound("min", *at),
            Figure::Most(at) => self.bound("max", *at),
            Figure::Object(inner) => Node::Object(self.members(inner)),
        }
    }

    /// The position of an expression.
    fn take(&mut self, expression: String) -> usize {
        self.select.push(expression);
        self.select.len() - 1
    }

    fn name(&self, at: usize) -> String {
        let column = self.resource.column(at).map_or("", |it| &it.name);
        format!("{}.{}", self.table, quote(column))
    }

    fn count_of(&mut self, at: usize, value: &str) -> Node {
        let (name, value) = (self.name(at), literal(value));
        Node::Count(self.take(format!("count(CASE WHEN {name} = {value} THEN 1 END)")))
    }

    fn sum(&mut self, at: usize) -> Sum {
        let name = self.name(at);
        let column = self.resource.column(at);
        match column.map(|it| &it.ty) {
            Some(ColumnType::Integer { .. }) => {
                self.exact(&format!("CAST({name} AS BIGINT)"), None)
            }
            Some(ColumnType::Decimal) => match column.and_then(precision) {
                Some((digits, scale)) if digits <= EXACT_DIGITS => {
                    let unit = 10_u64.pow(scale);
                    let scaled = format!("round(CAST({name} AS NUMERIC) * {unit})");
                    self.exact(&format!("CAST({scaled} AS BIGINT)"), Some(scale))
                }
                _ => self.float(&format!("CAST({name} AS DOUBLE PRECISION)"), true),
            },
            _ => self.float(&name, false),
        }
    }

    fn exact(&mut self, value: &str, scale: Option<u32>) -> Sum {
        let half = |half: String| format!("CAST(coalesce(sum({half}), 0) AS BIGINT)");
        let upper = self.take(half(format!("({value} >> 32)")));
        let lower = self.take(half(format!("({value} & 4294967295)")));
        Sum::Exact(upper, lower, scale)
    }

    fn float(&mut self, value: &str, is_text: bool) -> Sum {
        let sum = format!("coalesce(sum({value} / {HALF:.1}), 0.0)");
        let at = self.take(format!("CAST({sum} AS DOUBLE PRECISION)"));
        Sum::Float { at, is_text }
    }

    fn bound(&mut self, function: &str, at: usize) -> Node {
        let name = self.name(at);
        let column = self.resource.column(at);
        let is_decimal = column.is_some_and(|it| it.ty == ColumnType::Decimal);
        let scale = column.filter(|_| is_decimal).and_then(precision).map(|(_, scale)| scale);
        let value = if is_decimal { format!("CAST({name} AS NUMERIC)") } else { name };
        let at = self.take(format!("{function}({value})"));
        let places = scale.and_then(|it| usize::try_from(it).ok());
        Node::Value(at, if is_decimal { places.or(Some(usize::MAX)) } else { None })
    }
}

/// Digits of a decimal in all, and behind its point.
fn precision(column: &Column) -> Option<(u32, u32)> {
    let (digits, scale) = column.precision()?;
    let (digits, scale) = (u32::try_from(digits).ok()?, u32::try_from(scale).ok()?);
    (scale <= digits).then_some((digits, scale))
}

fn object(members: &[(String, Node)], row: &Row<'_>, body: &mut Vec<u8>) {
    for (index, (name, node)) in members.iter().enumerate() {
        body.push(if index == 0 { b'{' } else { b',' });
        body.extend_from_slice(Value::from(name.as_str()).to_string().as_bytes());
        body.push(b':');
        match node {
            Node::Object(inner) => object(inner, row, body),
            node => body.extend_from_slice(scalar(node, row).as_bytes()),
        }
    }
    body.extend_from_slice(if members.is_empty() { b"{}" } else { b"}" });
}

/// A figure as JSON text.
fn scalar(node: &Node, row: &Row<'_>) -> String {
    match node {
        Node::Count(at) => row.integer(*at).to_string(),
        Node::Sum(sum) => sum.write(row),
        Node::Mean(sum, count) => match row.integer(*count) {
            0 => "null".to_owned(),
            count => sum.mean(row, count),
        },
        Node::Value(at, places) => value(&row.value(*at), *places),
        Node::Object(_) => "null".to_owned(),
    }
}

impl Sum {
    fn write(self, row: &Row<'_>) -> String {
        match self {
            Self::Exact(..) => {
                let (whole, scale) = self.exact(row);
                scale.map_or_else(|| whole.to_string(), |scale| decimal(whole, scale))
            }
            Self::Float { is_text, .. } => float(self.number(row), is_text),
        }
    }

    fn mean(self, row: &Row<'_>, count: i64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a mean has a float's digits anyway")]
        let mean = self.number(row) / count as f64;
        match self {
            Self::Exact(_, _, Some(scale)) => {
                format!("\"{mean:.places$}\"", places = usize::try_from(scale).unwrap_or(0))
            }
            Self::Exact(..) => float(mean, false),
            Self::Float { is_text, .. } => float(mean, is_text),
        }
    }

    /// The whole number that both halves are, and its decimal places.
    fn exact(self, row: &Row<'_>) -> (i128, Option<u32>) {
        match self {
            Self::Exact(upper, lower, scale) => {
                let upper = i128::from(row.integer(upper)) << 32;
                (upper + i128::from(row.integer(lower)), scale)
            }
            Self::Float { .. } => (0, None),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "for means, which are floats")]
    fn number(self, row: &Row<'_>) -> f64 {
        match self {
            Self::Exact(..) => {
                let (whole, scale) = self.exact(row);
                whole as f64 / 10_f64.powi(scale.and_then(|it| i32::try_from(it).ok()).unwrap_or(0))
            }
            Self::Float { at, .. } => match row.value(at) {
                Seen::Real(number) => (number * HALF).clamp(f64::MIN, f64::MAX),
                _ => 0.0,
            },
        }
    }
}

/// `1250` as `"12.50"`.
fn decimal(whole: i128, scale: u32) -> String {
    let places = usize::try_from(scale).unwrap_or(0);
    let digits = format!("{:0>width$}", whole.unsigned_abs(), width = places + 1);
    let (before, after) = digits.split_at(digits.len() - places);
    let sign = if whole < 0 { "-" } else { "" };
    if places == 0 { format!("\"{sign}{before}\"") } else { format!("\"{sign}{before}.{after}\"") }
}

fn float(number: f64, is_text: bool) -> String {
    if is_text { format!("\"{number}\"") } else { Value::from(number).to_string() }
}

/// A column's value; `places` for decimals, which are text.
fn value(seen: &Seen<'_>, places: Option<usize>) -> String {
    let text = |number: f64, places: usize| match places {
        usize::MAX => format!("\"{number}\""),
        places => format!("\"{number:.places$}\""),
    };
    match (seen, places) {
        (Seen::Null | Seen::Blob(_), _) => "null".to_owned(),
        (Seen::Integer(number), None) => number.to_string(),
        #[expect(clippy::cast_precision_loss, reason = "SQLite made a number of few digits of it")]
        (Seen::Integer(number), Some(places)) => text(*number as f64, places),
        (Seen::Real(number), None) => Value::from(*number).to_string(),
        (Seen::Real(number), Some(places)) => text(*number, places),
        (Seen::Text(text), _) => Value::from(text.as_ref()).to_string(),
    }
}
