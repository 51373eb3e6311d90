//! Whether the document asks for a record of every write, and for how long it is kept (rule D11).

use crate::document::{Document, Policy, PolicyKind, Retention};
use crate::service::AuditLog;

#[cfg(test)]
mod tests;

/// The first sentence that asks for an audit log, else a row that says how long one is kept. Of the
/// two the sentence's own time counts, then the row's.
pub(super) fn log(document: &Document) -> Option<AuditLog> {
    let kept = document.retention.iter().find(|it| is_audit(it));
    let kept_days = kept.and_then(|it| it.days);
    let stated = document.policies.iter().find_map(|it| Some((stated_days(it)?, it.text.span)));
    match stated {
        Some((days, span)) => Some(AuditLog { days: days.or(kept_days), span }),
        None => kept.map(|row| AuditLog { days: kept_days, span: row.span }),
    }
}

fn stated_days(policy: &Policy) -> Option<Option<u32>> {
    match policy.kind {
        PolicyKind::AuditLog { days } => Some(days),
        _ => None,
    }
}

/// "Audit log", "Audit entries", "Audit": the record, and not something that audits read.
fn is_audit(retention: &Retention) -> bool {
    let data = retention.data.replace('`', "").to_lowercase();
    let mut words = data.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let kinds = ["log", "logs", "trail", "entries", "events", "records", "data"];
    words.next() == Some("audit") && words.next().is_none_or(|word| kinds.contains(&word))
}
