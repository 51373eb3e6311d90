//! "Every change is in an audit log that is kept for 365 days."

use super::super::retention::days;
use super::words::Words;
use crate::document::PolicyKind;

const LOGS: [&str; 11] = [
    "audit log",
    "audit logs",
    "audit logged",
    "audit-logged",
    "audit logging",
    "audit trail",
    "audit trails",
    "audit entry",
    "audit entries",
    "audit record",
    "audit records",
];

const ALL: [&str; 5] = ["every", "each", "all", "any", "no"];

const WRITES: [&str; 18] = [
    "change",
    "changes",
    "write",
    "writes",
    "create",
    "creates",
    "commit",
    "commits",
    "modification",
    "modifications",
    "mutation",
    "mutations",
    "update",
    "updates",
    "deletion",
    "deletions",
    "operation",
    "operations",
];

/// Words of what a document does not do, or not yet.
const LATER: [&str; 7] = ["not", "never", "optional", "optionally", "future", "later", "planned"];

/// Reads a sentence in lower case without markup.
pub(super) fn read(words: Words<'_>) -> Option<PolicyKind> {
    let is_stated = words.has_any(&LOGS) && words.has_any(&ALL) && words.has_any(&WRITES);
    if !is_stated || words.has_any(&LATER) {
        return None;
    }
    Some(PolicyKind::AuditLog { days: words.split(" for ").skip(1).find_map(days) })
}
