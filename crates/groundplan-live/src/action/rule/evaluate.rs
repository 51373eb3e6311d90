//! Expressions of a rule on loaded rows.

use std::cmp::Ordering;

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Binary, Expression, Refusal, Tally, TallyKind, ValueKind};
use jiff::Timestamp;

use super::number::Number;
use super::{Ground, Rows, Rule};
use crate::action::fill::time;
use crate::refused::{FieldFault, Refused};
use crate::store::Cell;
use crate::value::{self, write_time};

/// A value while a rule runs. A comparison with null is null: neither true nor false.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    Boolean(bool),
    Number(Number),
    Text(String),
    /// An array or an object, which is only stored and handed on.
    Json(serde_json::Value),
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.compare(other) == Some(Ordering::Equal)
    }
}

impl Value {
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Boolean(one), Self::Boolean(two)) => Some(one.cmp(two)),
            (Self::Number(one), Self::Number(two)) => one.compare(*two),
            (Self::Text(one), Self::Text(two)) => Some(one.as_bytes().cmp(two.as_bytes())),
            _ => None,
        }
    }

    fn of(cell: &Cell, column: &Column) -> Self {
        match (cell, &column.ty) {
            (Cell::Integer(number), ColumnType::Boolean) => Self::Boolean(*number != 0),
            (Cell::Integer(number), _) => Self::Number(Number::whole(*number)),
            (Cell::Real(number), _) => {
                Number::parse(&number.to_string()).map_or(Self::Null, Self::Number)
            }
            (Cell::Text(text), ColumnType::Decimal) => {
                Number::parse(text).map_or(Self::Null, Self::Number)
            }
            (Cell::Text(text), ColumnType::Json | ColumnType::Array) => {
                serde_json::from_str(text).map_or(Self::Null, Self::Json)
            }
            (Cell::Text(text), _) => Self::Text(text.clone()),
            (Cell::Null | Cell::Blob(_), _) => Self::Null,
        }
    }

    fn of_constant(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Bool(value) => Self::Boolean(*value),
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Number(number) => {
                Number::parse(&number.to_string()).map_or(Self::Null, Self::Number)
            }
            _ => Self::Null,
        }
    }

    /// The JSON form in which a column of the type would be sent.
    fn json(self, column: &Column) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Boolean(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Json(value) => value,
            Self::Number(number) if column.ty == ColumnType::Decimal => number.text().into(),
            Self::Number(number) => plain(number),
        }
    }

    /// The form in which other services get it.
    pub(super) fn sent(self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Boolean(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Json(value) => value,
            Self::Number(number) => plain(number),
        }
    }

    /// The text that stands for it in a path.
    pub(super) fn written(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(number.text()),
            Self::Null | Self::Boolean(_) | Self::Json(_) => None,
        }
    }

    /// A member of an answer; null where it is of another kind. Many services write numbers that
    /// must be exact as texts.
    pub(super) fn answered(value: &serde_json::Value, kind: ValueKind) -> Self {
        use serde_json::Value as Json;
        match (kind, value) {
            (ValueKind::Text | ValueKind::Time, Json::String(text)) => Self::Text(text.clone()),
            (ValueKind::Boolean, Json::Bool(value)) => Self::Boolean(*value),
            (ValueKind::Number, Json::Number(number)) => {
                Number::parse(&number.to_string()).map_or(Self::Null, Self::Number)
            }
            (ValueKind::Number, Json::String(text)) => {
                Number::parse(text).map_or(Self::Null, Self::Number)
            }
            (ValueKind::Json, value) if !value.is_null() => Self::Json(value.clone()),
            _ => Self::Null,
        }
    }
}

fn plain(number: Number) -> serde_json::Value {
    serde_json::from_str(&number.text()).unwrap_or(serde_json::Value::Null)
}

/// A rule while it runs.
pub(super) struct Evaluation<'a> {
    pub(super) rule: &'a Rule,
    pub(super) ground: &'a Ground<'a>,
    pub(super) rows: &'a Rows,
    pub(super) now: Timestamp,
    /// The row that an aggregate looks at, and its columns.
    pub(super) inner: Option<(Vec<Cell>, usize)>,
}

impl Evaluation<'_> {
    /// What an expression stores in a column.
    pub(super) fn cell(
        &mut self,
        expression: &Expression,
        column: &Column,
    ) -> Result<Cell, Refused> {
        if *expression == Expression::Now {
            return Ok(time(&column.ty, self.now));
        }
        let value = self.value(expression)?.json(column);
        value::from_json(column, value).map_err(|fault| {
            if matches!(expression, Expression::Answer { .. }) {
                return super::outside::unfit(&column.name, &fault);
            }
            let fault = FieldFault::new(&column.name, fault);
            Refused::fields(Refusal::InvalidField, "a rule of the document gives", vec![fault])
        })
    }

    pub(super) fn value(&mut self, expression: &Expression) -> Result<Value, Refused> {
        Ok(match expression {
            Expression::Constant(value) => Value::of_constant(value),
            Expression::Now => Value::Text(write_time(self.now)),
            Expression::Caller => Value::Text(self.ground.caller.subject.to_string()),
            Expression::Body(at) => self.body(*at),
            Expression::Column { alias, column } => self.column(*alias, *column),
            Expression::Inner(column) => self.inner(*column),
            Expression::Answer { call, member } => self.answered(*call, *member),
            Expression::Tally(aggregate) => self.aggregate(aggregate)?,
            Expression::Binary(sign, left, right) => self.binary(*sign, left, right)?,
            Expression::Not(inner) => match self.value(inner)? {
                Value::Boolean(value) => Value::Boolean(!value),
                _ => Value::Null,
            },
            Expression::IsNull(inner) => Value::Boolean(matches!(self.value(inner)?, Value::Null)),
            Expression::In(left, items) => {
                let left = self.value(left)?;
                let mut found = false;
                for item in items {
                    found |= self.value(item)? == left;
                }
                if matches!(left, Value::Null) { Value::Null } else { Value::Boolean(found) }
            }
        })
    }

    fn body(&self, at: usize) -> Value {
        let column = self.rule.plan.body.get(at).map(|it| &it.column);
        let cell = self.ground.body.get(at).and_then(Option::as_ref);
        cell.zip(column).map_or(Value::Null, |(cell, column)| Value::of(cell, column))
    }

    fn column(&self, alias: usize, column: usize) -> Value {
        let found = self.rows.get(alias).and_then(Option::as_ref).and_then(|row| row.get(column));
        let column = self.rule.loaders.get(alias).and_then(|it| it.column(column));
        found.zip(column).map_or(Value::Null, |(cell, column)| Value::of(cell, column))
    }

    fn inner(&self, column: usize) -> Value {
        let Some((row, figure)) = &self.inner else { return Value::Null };
        let figure = self.rule.figures.get(*figure);
        let found = row.get(column).zip(figure.and_then(|it| it.column(column)));
        found.map_or(Value::Null, |(cell, column)| Value::of(cell, column))
    }

    fn aggregate(&mut self, aggregate: &Tally) -> Result<Value, Refused> {
        let figure = self.rule.figures.iter().position(|it| it.is_of(aggregate));
        let figure = figure.ok_or_else(Refused::unavailable)?;
        let mut inner = Vec::new();
        if let Some(loader) = self.rule.figures.get(figure) {
            loader.each(self.ground, self.rows, |row| inner.push(row))?;
        }
        let (mut count, mut sum) = (0_i64, Some(Number::whole(0)));
        for row in inner {
            let before = self.inner.replace((row, figure));
            let counts = match &aggregate.filter {
                Some(filter) => self.value(filter)? == Value::Boolean(true),
                None => true,
            };
            if counts {
                count = count.saturating_add(1);
                if let Some(Value::Number(number)) = aggregate.column.map(|it| self.inner(it)) {
                    sum = sum.and_then(|sum| sum.plus(number));
                }
            }
            self.inner = before;
        }
        Ok(match aggregate.figure {
            TallyKind::Count => Value::Number(Number::whole(count)),
            TallyKind::Sum => sum.map_or(Value::Null, Value::Number),
        })
    }

    fn binary(
        &mut self,
        sign: Binary,
        left: &Expression,
        right: &Expression,
    ) -> Result<Value, Refused> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        let truth = |value: Option<bool>| value.map_or(Value::Null, Value::Boolean);
        let order = left.compare(&right);
        Ok(match sign {
            Binary::And => truth(both(&left, &right)),
            Binary::Or => truth(either(&left, &right)),
            Binary::Equal => truth(order.map(Ordering::is_eq)),
            Binary::NotEqual => truth(order.map(Ordering::is_ne)),
            Binary::Less => truth(order.map(Ordering::is_lt)),
            Binary::LessOrEqual => truth(order.map(Ordering::is_le)),
            Binary::Greater => truth(order.map(Ordering::is_gt)),
            Binary::GreaterOrEqual => truth(order.map(Ordering::is_ge)),
            Binary::Add => calculated(&left, &right, Number::plus),
            Binary::Subtract => calculated(&left, &right, Number::minus),
            Binary::Multiply => calculated(&left, &right, Number::times),
        })
    }
}

fn calculated(
    left: &Value,
    right: &Value,
    operation: fn(Number, Number) -> Option<Number>,
) -> Value {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            operation(*left, *right).map_or(Value::Null, Value::Number)
        }
        _ => Value::Null,
    }
}

fn is(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        _ => None,
    }
}

/// As in SQL: false decides alone.
fn both(left: &Value, right: &Value) -> Option<bool> {
    match (is(left), is(right)) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// As in SQL: true decides alone.
fn either(left: &Value, right: &Value) -> Option<bool> {
    match (is(left), is(right)) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}
