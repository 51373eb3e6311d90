//! How a column's values look in JSON.

use serde_json::Value;

use crate::schema::{Column, ColumnType};

/// Whether `value` has the JSON form of the column's type; null where the column may be.
pub fn fits_type(column: &Column, value: &Value) -> bool {
    match (&column.ty, value) {
        (_, Value::Null) => !column.not_null,
        (ColumnType::Integer { .. }, it) => it.is_i64() || it.is_u64() || is_whole(it),
        (ColumnType::Float, it) => it.is_number(),
        (ColumnType::Boolean, it) => it.is_boolean(),
        (ColumnType::Json, _) => true,
        (ColumnType::Array, it) => it.is_array(),
        (ColumnType::Decimal, Value::String(text)) => text.parse::<f64>().is_ok(),
        (ColumnType::Uuid, Value::String(text)) => is_uuid(text),
        (ColumnType::Timestamp, Value::String(text)) => is_timestamp(text),
        (ColumnType::Date, Value::String(text)) => is_date(text),
        (ColumnType::Bytes, Value::String(text)) => is_base64(text),
        (_, it) => it.is_string(),
    }
}

fn is_whole(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether two values of a column mean the same: `1.50` is `1.5`, and a UUID has no case.
pub fn same_value(ty: &ColumnType, one: &Value, other: &Value) -> bool {
    if one == other {
        return true;
    }
    if let (Some(one), Some(other)) = (one.as_f64(), other.as_f64()) {
        return same_number(one, other);
    }
    let (Some(one), Some(other)) = (one.as_str(), other.as_str()) else { return false };
    match ty {
        ColumnType::Uuid => one.eq_ignore_ascii_case(other),
        ColumnType::Timestamp => instant(one) == instant(other),
        ColumnType::Decimal => match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => same_number(one, other),
            _ => false,
        },
        _ => false,
    }
}

/// Equal up to what sixteen digits say.
fn same_number(one: f64, other: f64) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * 1e-15
}

/// A timestamp in UTC without its zone and without zeros at the end of its fraction.
fn instant(text: &str) -> String {
    let upper = text.to_ascii_uppercase().replace(' ', "T");
    let local = upper.trim_end_matches('Z').trim_end_matches("+00:00");
    match local.split_once('.') {
        Some((seconds, fraction)) => {
            format!("{seconds}.{}", fraction.trim_end_matches('0')).trim_end_matches('.').to_owned()
        }
        None => local.to_owned(),
    }
}

fn is_uuid(text: &str) -> bool {
    matches(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx")
}

/// RFC 4648, section 4, with its padding.
fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && digits.bytes().all(is_digit)
}

fn is_date(text: &str) -> bool {
    matches(text, "9999-99-99")
}

/// RFC 3339: a date, `T`, a time with or without a fraction, and a zone.
fn is_timestamp(text: &str) -> bool {
    let Some((head, rest)) = text.split_at_checked(19) else { return false };
    let fraction = rest.strip_prefix('.').map(|digits| digits.trim_start_matches(is_digit));
    if rest.starts_with('.') && rest.get(1..2).is_none_or(|it| !it.starts_with(is_digit)) {
        return false;
    }
    let zone = fraction.unwrap_or(rest);
    let is_zone =
        zone.eq_ignore_ascii_case("z") || matches(zone, "+99:99") || matches(zone, "-99:99");
    is_zone && matches(&head.to_ascii_uppercase().replace(' ', "T"), "9999-99-99T99:99:99")
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// Whether `text` has a form in which `9` is any digit, `x` any hexadecimal one.
fn matches(text: &str, form: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| match wanted {
        b'9' => byte.is_ascii_digit(),
        b'x' => byte.is_ascii_hexdigit(),
        _ => byte == wanted,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
