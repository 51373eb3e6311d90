//! Our values as PostgreSQL takes them: as text, which the server reads by the column's type.

use std::error::Error;

use bytes::{BufMut as _, BytesMut};
use tokio_postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};

use crate::store::{Cell, FIRST_VALUE, Head};

/// One parameter of a statement.
#[derive(Clone, Copy, Debug)]
pub(super) enum Param<'a> {
    Null,
    Text(&'a str),
    Cell(&'a Cell),
}

impl<'a> Param<'a> {
    /// The value of our parameter `number`.
    pub(super) fn of(number: usize, head: &Head<'a>, values: &'a [Cell]) -> Self {
        match number {
            1 => Self::Text(&head.caller.subject),
            2 => Self::Cell(head.key),
            3 => Self::Cell(head.parent),
            4 => head.caller.tenant.as_deref().map_or(Self::Null, Self::Text),
            _ => {
                let value = number.checked_sub(FIRST_VALUE).and_then(|at| values.get(at));
                value.map_or(Self::Null, Self::Cell)
            }
        }
    }
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null | Self::Cell(Cell::Null) => return Ok(IsNull::Yes),
            Self::Text(text) => out.put_slice(text.as_bytes()),
            Self::Cell(Cell::Text(text)) => out.put_slice(text.as_bytes()),
            Self::Cell(Cell::Integer(number)) if *ty == Type::BOOL => {
                out.put_u8(if *number == 0 { b'f' } else { b't' });
            }
            Self::Cell(Cell::Integer(number)) => out.put_slice(number.to_string().as_bytes()),
            // `1e300`: without an exponent it would be 300 digits.
            Self::Cell(Cell::Real(number)) => out.put_slice(format!("{number:e}").as_bytes()),
            Self::Cell(Cell::Blob(bytes)) => out.put_slice(bytes),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        match self {
            Self::Cell(Cell::Blob(_)) => Format::Binary,
            _ => Format::Text,
        }
    }

    to_sql_checked!();
}
