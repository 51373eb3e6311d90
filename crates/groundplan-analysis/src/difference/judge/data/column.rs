//! Verdicts on columns: the worst of what changed in one.

use groundplan_model::schema::{Column, ColumnType};

use crate::difference::compare::Pair;
use crate::difference::facts::{Fact, Of};
use crate::difference::judge::{breaking, compatible, neutral};
use crate::difference::{Judgement, Verdict};

pub(in super::super::super) fn column(pair: &Pair<'_, '_>) -> Judgement {
    let column = |it: &Fact<'_>| match it.of {
        Of::Column(column) => Some(column.clone()),
        _ => None,
    };
    match (pair.was.and_then(column), pair.now.and_then(column)) {
        (None, Some(now)) => added(&now),
        (Some(_), None) => breaking("its values are lost, and queries that name it fail"),
        (Some(was), Some(now)) => changed(&was, &now),
        (None, None) => neutral("nothing is known of it"),
    }
}

fn added(column: &Column) -> Judgement {
    let is_filled =
        column.default.is_some() || matches!(column.ty, ColumnType::Integer { auto: true });
    if column.not_null && !is_filled {
        return breaking(
            "it is NOT NULL without a default: rows that are there have no value, and inserts that \
             do not name it fail",
        );
    }
    compatible("rows that are there, and inserts that do not name it, go on working")
}

/// The worst verdict, with the reasons for it.
fn changed(was: &Column, now: &Column) -> Judgement {
    let found = [
        type_changed(was, now),
        null_changed(was, now),
        default_changed(was, now),
        values_changed(was, now),
        bounds_changed(was, now),
    ];
    let found: Vec<Judgement> = found.into_iter().flatten().collect();
    let worst = found.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Neutral);
    let reasons: Vec<&str> =
        found.iter().filter(|it| it.verdict == worst).map(|it| it.reason.as_str()).collect();
    let reason = match reasons.is_empty() {
        true => "it is written in another way".to_owned(),
        false => reasons.join("; "),
    };
    Judgement { verdict: worst, reason, direction: None }
}

fn type_changed(was: &Column, now: &Column) -> Option<Judgement> {
    if was.declared.eq_ignore_ascii_case(&now.declared) {
        return None;
    }
    if std::mem::discriminant(&was.ty) != std::mem::discriminant(&now.ty) {
        let is_wider = matches!(
            (&was.ty, &now.ty),
            (ColumnType::Integer { .. }, ColumnType::Decimal | ColumnType::Float)
        );
        return Some(match is_wider {
            true => compatible("every value of the old type is one of the new type"),
            false => breaking("values of the old type are none of the new one"),
        });
    }
    match sizes(was).zip(sizes(now)) {
        Some((old, new)) if old.iter().zip(&new).any(|(old, new)| new < old) => {
            Some(breaking("values that fit do not fit any more"))
        }
        Some((old, new)) if old != new => Some(compatible("every value that fitted still fits")),
        _ => None,
    }
}

/// What tells how large values may be: the width of a whole number, the digits of a decimal.
fn sizes(column: &Column) -> Option<Vec<u32>> {
    const WIDTHS: [(&str, u32); 12] = [
        ("TINYINT", 1),
        ("SMALLINT", 2),
        ("SMALLSERIAL", 2),
        ("INT2", 2),
        ("MEDIUMINT", 3),
        ("BIGINT", 8),
        ("BIGSERIAL", 8),
        ("INT8", 8),
        ("INT4", 4),
        ("INTEGER", 4),
        ("SERIAL", 4),
        ("INT", 4),
    ];
    let declared = column.declared.to_uppercase();
    match column.ty {
        ColumnType::Integer { .. } => {
            let width = WIDTHS.iter().find(|it| declared.starts_with(it.0))?;
            Some(vec![width.1])
        }
        ColumnType::Decimal => {
            let (_, rest) = declared.split_once('(')?;
            let numbers = rest.trim_end_matches(')').split(',').map(|it| it.trim().parse().ok());
            let numbers: Vec<u32> = numbers.collect::<Option<_>>()?;
            let scale = numbers.get(1).copied().unwrap_or(0);
            Some(vec![numbers.first()?.saturating_sub(scale), scale])
        }
        _ => None,
    }
}

fn null_changed(was: &Column, now: &Column) -> Option<Judgement> {
    match (was.not_null, now.not_null) {
        (false, true) => Some(breaking("rows that hold NULL, and writes of it, are refused")),
        (true, false) => Some(compatible("NULL is allowed, too")),
        _ => None,
    }
}

fn default_changed(was: &Column, now: &Column) -> Option<Judgement> {
    match (&was.default, &now.default) {
        (Some(_), None) if now.not_null => {
            Some(breaking("inserts that do not name it fail, for it has no default any more"))
        }
        (one, other) if one != other => {
            Some(neutral("rows that are made without it hold another value"))
        }
        _ => None,
    }
}

fn values_changed(was: &Column, now: &Column) -> Option<Judgement> {
    let has = |all: &[String], value: &String| all.iter().any(|it| it == value);
    let gone: Vec<&String> = was.allowed.iter().filter(|it| !has(&now.allowed, it)).collect();
    let quoted =
        |all: &[&String]| all.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    match (was.allowed.is_empty(), now.allowed.is_empty()) {
        (true, true) => None,
        (true, false) => Some(breaking("values that are not in the list are refused")),
        (false, true) => Some(compatible("any value is allowed")),
        (false, false) if !gone.is_empty() => {
            Some(breaking(format!("{} is no value of it any more", quoted(&gone))))
        }
        (false, false) => {
            let new: Vec<&String> =
                now.allowed.iter().filter(|it| !has(&was.allowed, it)).collect();
            (!new.is_empty()).then(|| compatible(format!("{} is a value more", quoted(&new))))
        }
    }
}

/// Lengths of texts, and bounds of numbers. A bound that is not stated is none.
fn bounds_changed(was: &Column, now: &Column) -> Option<Judgement> {
    let least = |it: &Column| (it.min_length, it.minimum.unwrap_or(f64::NEG_INFINITY));
    let most =
        |it: &Column| (it.max_length.unwrap_or(u64::MAX), it.maximum.unwrap_or(f64::INFINITY));
    let ((old_short, old_low), (new_short, new_low)) = (least(was), least(now));
    let ((old_long, old_high), (new_long, new_high)) = (most(was), most(now));
    let is_narrower =
        new_short > old_short || new_low > old_low || new_long < old_long || new_high < old_high;
    let is_wider =
        new_short < old_short || new_low < old_low || new_long > old_long || new_high > old_high;
    match (is_narrower, is_wider) {
        (true, _) => Some(breaking("values that were allowed are refused")),
        (false, true) => Some(compatible("every value that was allowed still is")),
        (false, false) => None,
    }
}
