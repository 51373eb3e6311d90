//! PostgreSQL's values, in its binary form, as ours.

use std::error::Error;

use jiff::{SignedDuration, Timestamp};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};
use uuid::Uuid;

use crate::store::Seen;
use crate::store::db::text;
use crate::value::write_time;

#[cfg(test)]
mod tests;

/// Seconds from 1970 to 2000, where PostgreSQL's time begins.
const EPOCH_S: i64 = 946_684_800;

/// A column's bytes with their type.
struct Raw<'r> {
    ty: Type,
    bytes: &'r [u8],
}

impl<'r> FromSql<'r> for Raw<'r> {
    fn from_sql(ty: &Type, bytes: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self { ty: ty.clone(), bytes })
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// The value at `index`; NULL where there is none.
pub(crate) fn value(row: &Row, index: usize) -> Seen<'_> {
    match row.try_get::<_, Option<Raw<'_>>>(index) {
        Ok(Some(raw)) => read(&raw.ty, raw.bytes),
        Ok(None) | Err(_) => Seen::Null,
    }
}

fn read<'r>(ty: &Type, bytes: &'r [u8]) -> Seen<'r> {
    let owned = |text: Option<String>| text.map_or(Seen::Null, |text| Seen::Text(text.into()));
    match *ty {
        Type::BOOL => Seen::Integer(i64::from(bytes != [0])),
        Type::INT2 | Type::INT4 | Type::INT8 => integer(bytes).map_or(Seen::Null, Seen::Integer),
        Type::FLOAT4 => {
            let four = bytes.try_into().ok().map(f32::from_be_bytes);
            four.map_or(Seen::Null, |it| Seen::Real(it.into()))
        }
        Type::FLOAT8 => {
            bytes.try_into().ok().map(f64::from_be_bytes).map_or(Seen::Null, Seen::Real)
        }
        Type::UUID => owned(Uuid::from_slice(bytes).ok().map(|it| it.to_string())),
        Type::TIMESTAMP | Type::TIMESTAMPTZ => owned(integer(bytes).and_then(time)),
        Type::DATE => owned(integer(bytes).and_then(date)),
        Type::NUMERIC => owned(decimal(bytes)),
        Type::BYTEA => Seen::Blob(bytes),
        // JSONB has one byte of version before its text.
        Type::JSONB => Seen::Text(text(bytes.get(1..).unwrap_or_default())),
        _ => Seen::Text(text(bytes)),
    }
}

/// A whole number of 2, 4 or 8 bytes.
fn integer(bytes: &[u8]) -> Option<i64> {
    match bytes.len() {
        2 => bytes.try_into().ok().map(|it| i16::from_be_bytes(it).into()),
        4 => bytes.try_into().ok().map(|it| i32::from_be_bytes(it).into()),
        8 => bytes.try_into().ok().map(i64::from_be_bytes),
        _ => None,
    }
}

/// Microseconds since 2000.
fn time(micros: i64) -> Option<String> {
    let since_1970 = micros.checked_add(EPOCH_S.checked_mul(1_000_000)?)?;
    Timestamp::from_microsecond(since_1970).ok().map(write_time)
}

/// Days since 2000.
fn date(days: i64) -> Option<String> {
    let first = jiff::civil::date(2000, 1, 1);
    let later = first.checked_add(SignedDuration::from_hours(days.checked_mul(24)?));
    later.ok().map(|date| date.to_string())
}

/// `NUMERIC`: groups of four decimal digits, the weight of the first group, the sign and how many
/// digits stand after the point.
fn decimal(bytes: &[u8]) -> Option<String> {
    let mut shorts =
        bytes.chunks_exact(2).filter_map(|it| it.try_into().ok().map(i16::from_be_bytes));
    let (count, weight) = (shorts.next()?, shorts.next()?);
    let (sign, scale) = (shorts.next()?, usize::try_from(shorts.next()?).ok()?);
    let groups: Vec<i16> = shorts.take(usize::try_from(count).ok()?).collect();
    let group = |at: i32| {
        let at = usize::try_from(i32::from(weight) - at).ok();
        at.and_then(|at| groups.get(at)).copied().unwrap_or(0)
    };
    let whole: String =
        (0..=i32::from(weight.max(0))).rev().map(|at| format!("{:04}", group(at))).collect();
    let whole = whole.trim_start_matches('0');
    let rest: String = (1..=i32::try_from(scale.div_ceil(4)).ok()?)
        .map(|at| format!("{:04}", group(-at)))
        .collect();
    let mut written = String::from(if sign == 0x4000 { "-" } else { "" });
    written.push_str(if whole.is_empty() { "0" } else { whole });
    if scale > 0 {
        written.push('.');
        written.push_str(rest.get(..scale)?);
    }
    Some(written)
}
