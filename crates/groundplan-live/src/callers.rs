//! What rows call their owner and tenant: what the token says, in the form of the column.

use std::sync::Arc;

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::ServicePlan;
use uuid::Uuid;

#[cfg(test)]
mod tests;

/// How callers are named in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callers {
    Name,
    Number,
    Uuid,
}

impl Callers {
    /// How rows name their owners.
    pub(crate) fn new(plan: &ServicePlan) -> Self {
        Self::of(plan.resources.iter().filter_map(|it| it.column(it.owner?)))
    }

    /// How rows name their tenants.
    pub(crate) fn tenants(plan: &ServicePlan) -> Self {
        Self::of(plan.resources.iter().filter_map(|it| it.column(it.tenant?)))
    }

    fn of<'p>(columns: impl Iterator<Item = &'p Column>) -> Self {
        let kinds = columns.map(|column| match column.ty {
            ColumnType::Integer { .. } => Self::Number,
            ColumnType::Uuid => Self::Uuid,
            _ => Self::Name,
        });
        let mut kinds = kinds.filter(|kind| *kind != Self::Name);
        kinds.next().unwrap_or(Self::Name)
    }

    /// The caller of this subject. A document with `user_id INTEGER` counts its users, one with
    /// `user_id UUID` names them so; a subject of another form gets one of that form, always the
    /// same.
    pub(crate) fn name(self, subject: Arc<str>) -> Arc<str> {
        let is_number = || subject.parse::<i64>().is_ok_and(|it| it.to_string() == *subject);
        let is_uuid = || Uuid::try_parse(&subject).is_ok_and(|it| it.to_string() == *subject);
        match self {
            Self::Number if !is_number() => number(&subject).to_string().into(),
            Self::Uuid if !is_uuid() => uuid(&subject).to_string().into(),
            _ => subject,
        }
    }
}

/// A number that JSON keeps: 53 bits.
fn number(subject: &str) -> u64 {
    hash(0xcbf2_9ce4_8422_2325, subject) & 0x001f_ffff_ffff_ffff
}

/// Version 8 (RFC 9562): of our own making.
fn uuid(subject: &str) -> Uuid {
    let halves = [hash(0xcbf2_9ce4_8422_2325, subject), hash(0x6c62_272e_07bb_0142, subject)];
    let bytes: Vec<u8> = halves.iter().flat_map(|half| half.to_be_bytes()).collect();
    let bytes = bytes.try_into().unwrap_or_default();
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// FNV-1a from `basis`.
fn hash(basis: u64, subject: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    subject.bytes().fold(basis, step)
}
