//! Types that are strings on the wire: text, UUIDs, times, dates, decimals, bytes.

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::Fault;

/// What a string of the column's type is stored as.
pub(super) fn convert(column: &Column, value: String) -> Result<Cell, Fault> {
    let text = match column.ty {
        ColumnType::Uuid => uuid(&value),
        ColumnType::Timestamp => timestamp(&value),
        ColumnType::Date => date(&value),
        ColumnType::Decimal => decimal(column, value),
        ColumnType::Bytes => return super::bytes(&value),
        ColumnType::Text | ColumnType::Other => plain(value),
        _ => Err(expected(&column.ty).into()),
    };
    text.map(Cell::Text)
}

/// What a value of the type must be.
pub(super) fn expected(ty: &ColumnType) -> &'static str {
    match ty {
        ColumnType::Integer { .. } => "must be a whole number",
        ColumnType::Float => "must be a number",
        ColumnType::Decimal => "must be a string with a decimal number, such as \"12.50\"",
        ColumnType::Boolean => "must be true or false",
        ColumnType::Uuid => "must be a UUID in its 36-character form",
        ColumnType::Timestamp => "must be a time as in RFC 3339, such as 2026-01-02T03:04:05Z",
        ColumnType::Date => "must be a date in the form YYYY-MM-DD",
        ColumnType::Bytes => "must be base64",
        ColumnType::Array => "must be an array",
        ColumnType::Json => "must be JSON",
        ColumnType::Text | ColumnType::Other => "must be a string",
    }
}

// SQLite ends a text at its first NUL in many functions, `length` among them: a bound would not
// hold.
fn plain(value: String) -> Result<String, Fault> {
    if value.contains('\0') { Err("must not contain the NUL character".into()) } else { Ok(value) }
}

fn uuid(value: &str) -> Result<String, Fault> {
    let parsed = Uuid::try_parse(value).ok().filter(|_| value.len() == 36);
    parsed.map(|uuid| uuid.to_string()).ok_or_else(|| expected(&ColumnType::Uuid).into())
}

fn timestamp(value: &str) -> Result<String, Fault> {
    let parsed = value.parse::<Timestamp>().ok().filter(|_| is_rfc3339(value));
    // An offset can push the year 0 to a negative one, which RFC 3339 cannot write.
    let written = parsed.map(write_time).filter(|text| !text.starts_with('-'));
    written.ok_or_else(|| expected(&ColumnType::Timestamp).into())
}

/// RFC 3339 UTC with microseconds: `2026-01-02T03:04:05.000006Z`.
pub(crate) fn write_time(time: Timestamp) -> String {
    format!("{time:.6}")
}

/// Whether the text has the shape of RFC 3339, section 5.6: the parser takes more than that.
fn is_rfc3339(value: &str) -> bool {
    let Some((date, time)) = value.split_at_checked(10) else { return false };
    let Some(time) = time.strip_prefix(['T', 't', ' ']) else { return false };
    let Some((clock, rest)) = time.split_at_checked(8) else { return false };
    has_shape(date, "0000-00-00") && has_shape(clock, "00:00:00") && is_fraction_and_offset(rest)
}

fn is_fraction_and_offset(rest: &str) -> bool {
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    matches!(offset, "Z" | "z")
        || offset.strip_prefix(['+', '-']).is_some_and(|it| has_shape(it, "00:00"))
}

/// Whether `value` has a digit wherever `shape` has `0`, and the same character elsewhere.
fn has_shape(value: &str, shape: &str) -> bool {
    let same = |(byte, shape): (u8, u8)| byte == shape || (shape == b'0' && byte.is_ascii_digit());
    value.len() == shape.len() && value.bytes().zip(shape.bytes()).all(same)
}

fn date(value: &str) -> Result<String, Fault> {
    let parsed = value.parse::<Date>().ok().filter(|_| has_shape(value, "0000-00-00"));
    parsed.map(|_| value.to_owned()).ok_or_else(|| expected(&ColumnType::Date).into())
}

fn decimal(column: &Column, value: String) -> Result<String, Fault> {
    let digits = value.strip_prefix('-').unwrap_or(&value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(expected(&ColumnType::Decimal).into());
    }
    let written = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    match column.precision() {
        Some((_, scale)) if written > scale => {
            Err(format!("must have at most {scale} digits after the point").into())
        }
        Some((all, scale)) if whole.trim_start_matches('0').len() > all.saturating_sub(scale) => {
            let most = all.saturating_sub(scale);
            Err(format!("must have at most {most} digits before the point").into())
        }
        bounds => {
            let scale = bounds.map_or(written, |(_, scale)| scale);
            Ok(canonical(value.starts_with('-'), digits, scale))
        }
    }
}

/// A decimal as PostgreSQL writes it: no zeros before it, all digits of its scale behind the point.
fn canonical(is_negative: bool, digits: &str, scale: usize) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let is_zero = whole.is_empty() && fraction.bytes().all(|it| it == b'0');
    let sign = if is_negative && !is_zero { "-" } else { "" };
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if scale > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction:0<scale$}")
}
