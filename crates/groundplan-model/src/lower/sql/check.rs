//! CHECK constraints: bounds of one column where they are that, SQL text otherwise.

use serde_json::Value;
use sqlparser::ast::{BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments};

use super::column::constant;
use crate::schema::{Column, ColumnType, Table};

/// What one term says about one column.
enum Bound {
    Allowed(Vec<String>),
    Minimum(f64),
    Maximum(f64),
    /// More than this, less than this.
    Above(f64),
    Below(f64),
    MinLength(u64),
    MaxLength(u64),
}

/// Adds a CHECK to the columns that it bounds, or to the table as text.
pub(super) fn apply(expression: &Expr, table: &mut Table) {
    let mut terms = Vec::new();
    conjuncts(expression, &mut terms);
    for term in terms {
        match bounds(term) {
            Some((name, found)) if table.column(&name).is_some() => {
                let column =
                    table.columns.iter_mut().find(|it| it.name.eq_ignore_ascii_case(&name));
                column.into_iter().for_each(|column| add(column, &found));
            }
            _ => table.checks.push(term.to_string()),
        }
    }
}

fn add(column: &mut Column, bounds: &[Bound]) {
    for bound in bounds {
        match bound {
            Bound::Allowed(values) => column.allowed.clone_from(values),
            Bound::Minimum(value) => column.minimum = Some(*value),
            Bound::Maximum(value) => column.maximum = Some(*value),
            Bound::Above(value) => column.minimum = Some(next(column, *value, true)),
            Bound::Below(value) => column.maximum = Some(next(column, *value, false)),
            Bound::MinLength(value) => column.min_length = Some(*value),
            Bound::MaxLength(value) => {
                column.max_length = Some(column.max_length.map_or(*value, |it| it.min(*value)));
            }
        }
    }
}

/// The first number of the column's type behind `bound`.
fn next(column: &Column, bound: f64, is_above: bool) -> f64 {
    let step = if is_above { 1.0 } else { -1.0 };
    match (&column.ty, column.precision()) {
        (ColumnType::Integer { .. }, _) if is_above => bound.floor() + step,
        (ColumnType::Integer { .. }, _) => bound.ceil() + step,
        (ColumnType::Decimal, Some((_, scale))) => {
            let unit = 10_f64.powi(i32::try_from(scale).unwrap_or(0));
            let scaled = bound * unit;
            let last = if is_above { scaled.floor() } else { scaled.ceil() };
            (last + step) / unit
        }
        _ if is_above => bound.next_up(),
        _ => bound.next_down(),
    }
}

/// The terms of `a AND b AND (c)`.
fn conjuncts<'a>(expression: &'a Expr, terms: &mut Vec<&'a Expr>) {
    match expression {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            conjuncts(left, terms);
            conjuncts(right, terms);
        }
        Expr::Nested(inner) => conjuncts(inner, terms),
        _ => terms.push(expression),
    }
}

fn bounds(term: &Expr) -> Option<(String, Vec<Bound>)> {
    match term {
        Expr::InList { expr, list, negated: false } => {
            let values: Option<Vec<String>> = list.iter().map(text).collect();
            Some((column(expr)?, vec![Bound::Allowed(values?)]))
        }
        Expr::Between { expr, low, high, negated: false } => {
            let (low, high) = (constant(low)?.as_f64()?, constant(high)?.as_f64()?);
            match length_of(expr) {
                Some(name) => Some((name, vec![length(low, true)?, length(high, false)?])),
                None => Some((column(expr)?, vec![Bound::Minimum(low), Bound::Maximum(high)])),
            }
        }
        Expr::BinaryOp { left, op, right } => comparison(left, op, right),
        _ => None,
    }
}

fn comparison(left: &Expr, op: &BinaryOperator, right: &Expr) -> Option<(String, Vec<Bound>)> {
    let (subject, value, op) = match constant(right) {
        Some(value) => (left, value, op.clone()),
        None => (right, constant(left)?, mirrored(op)?),
    };
    if op == BinaryOperator::Eq {
        // "length(code) = 2" bounds on both sides; "kind = 'a'" allows one value.
        return match (length_of(subject), &value) {
            (Some(name), Value::Number(_)) => {
                let number = value.as_f64()?;
                Some((name, vec![length(number, true)?, length(number, false)?]))
            }
            (None, Value::String(text)) => {
                Some((column(subject)?, vec![Bound::Allowed(vec![text.clone()])]))
            }
            _ => None,
        };
    }
    let number = value.as_f64()?;
    let is_lower = matches!(op, BinaryOperator::Gt | BinaryOperator::GtEq);
    let is_strict = matches!(op, BinaryOperator::Gt | BinaryOperator::Lt);
    if !is_lower && !matches!(op, BinaryOperator::Lt | BinaryOperator::LtEq) {
        return None;
    }
    if let Some(name) = length_of(subject) {
        // Lengths are whole numbers: a strict bound moves by one.
        let step = if is_strict { if is_lower { 1.0 } else { -1.0 } } else { 0.0 };
        return Some((name, vec![length(number + step, is_lower)?]));
    }
    let bound = match (is_lower, is_strict) {
        (true, false) => Bound::Minimum(number),
        (false, false) => Bound::Maximum(number),
        (true, true) => Bound::Above(number),
        (false, true) => Bound::Below(number),
    };
    Some((column(subject)?, vec![bound]))
}

fn mirrored(op: &BinaryOperator) -> Option<BinaryOperator> {
    Some(match op {
        BinaryOperator::Gt => BinaryOperator::Lt,
        BinaryOperator::GtEq => BinaryOperator::LtEq,
        BinaryOperator::Lt => BinaryOperator::Gt,
        BinaryOperator::LtEq => BinaryOperator::GtEq,
        BinaryOperator::Eq => BinaryOperator::Eq,
        _ => return None,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number in range"
)]
fn length(value: f64, is_lower: bool) -> Option<Bound> {
    let whole = (0.0..1e12).contains(&value) && value.fract() == 0.0;
    let length = whole.then_some(value as u64)?;
    Some(if is_lower { Bound::MinLength(length) } else { Bound::MaxLength(length) })
}

fn column(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(ident) => Some(ident.value.clone()),
        Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => column(inner),
        _ => None,
    }
}

/// The column of `length(name)`, `char_length(name)`.
fn length_of(expression: &Expr) -> Option<String> {
    let Expr::Function(function) = expression else { return None };
    let name = function.name.to_string().to_lowercase();
    let FunctionArguments::List(list) = &function.args else { return None };
    let is_length = matches!(name.as_str(), "length" | "char_length" | "character_length" | "len");
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))] if is_length => column(inner),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match constant(expression)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
