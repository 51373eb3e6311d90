//! What rows call their owner: the token's subject, or a number where owners are numbers.

use std::sync::Arc;

use groundplan_model::schema::ColumnType;
use groundplan_model::service::ServicePlan;

#[cfg(test)]
mod tests;

/// How callers are named in rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Callers {
    are_numbers: bool,
}

impl Callers {
    pub(crate) fn new(plan: &ServicePlan) -> Self {
        let owners = plan.resources.iter().filter_map(|it| it.column(it.owner?));
        let mut types = owners.map(|column| &column.ty);
        Self { are_numbers: types.any(|ty| matches!(ty, ColumnType::Integer { .. })) }
    }

    /// The caller of this subject. A document with `user_id INTEGER` counts its users; a subject
    /// that is no number gets one, always the same.
    pub(crate) fn name(self, subject: Arc<str>) -> Arc<str> {
        let is_canonical = || subject.parse::<i64>().is_ok_and(|it| it.to_string() == *subject);
        if !self.are_numbers || is_canonical() {
            return subject;
        }
        number(&subject).to_string().into()
    }
}

/// FNV-1a, cut to the 53 bits that JSON numbers keep.
fn number(subject: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    subject.bytes().fold(0xcbf2_9ce4_8422_2325, step) & 0x001f_ffff_ffff_ffff
}
