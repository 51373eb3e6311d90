//! Which tables' rows are their owner's alone (rule D5): those that the sentences name behind "own",
//! or all that have an owner where a sentence names none.

#[cfg(test)]
mod tests;

use super::bind::resolve::stripped;
use super::names::{singular, snake};
use super::note;
use crate::document::{Document, PolicyKind};
use crate::schema::{Schema, Table};
use crate::service::{Note, NoteLevel};

/// Words that end what is "own": "their own tickets, with their comments".
const ENDS: [&str; 16] = [
    "with", "which", "that", "when", "while", "where", "unless", "except", "by", "from", "for",
    "in", "on", "as", "but", "is",
];

/// What sentences say of own rows.
pub(super) enum OwnRows {
    /// Nothing.
    Unsaid,
    /// Of no table in particular.
    All,
    /// Of these tables.
    Of(Vec<String>),
}

impl OwnRows {
    pub(super) fn of(document: &Document, schema: &Schema) -> Self {
        let policies = document.policies.iter().filter(|it| it.kind == PolicyKind::OwnRows);
        let mut named = Vec::new();
        let mut said = Self::Unsaid;
        for policy in policies {
            let tables = named_in(&policy.text.text, schema);
            if tables.is_empty() {
                said = Self::All;
            }
            named.extend(tables);
        }
        match said {
            Self::Unsaid if !named.is_empty() => Self::Of(named),
            said => said,
        }
    }

    /// Whether rows of `table` are for their owner alone.
    pub(super) fn hold(&self, table: &str) -> bool {
        match self {
            Self::Unsaid => false,
            Self::All => true,
            Self::Of(tables) => tables.iter().any(|it| it == table),
        }
    }

    /// Writes down why rows that have an owner are not for them alone.
    pub(super) fn note_open(&self, table: &Table, notes: &mut Vec<Note>) {
        let (level, message) = match self {
            Self::Of(tables) => {
                let tables: Vec<String> = tables.iter().map(|it| format!("`{it}`")).collect();
                let only = tables.join(" and ");
                (
                    NoteLevel::Info,
                    format!("rows of `{}` are no one's own: only {only} are", table.name),
                )
            }
            Self::Unsaid | Self::All => (NoteLevel::Assumption, open(&table.name)),
        };
        note(notes, level, "D5", table.span, message);
    }
}

/// Forgets that rows of `table` are open: something said whose they are.
pub(super) fn forget_open(table: &str, notes: &mut Vec<Note>) {
    let (open, other) = (open(table), format!("rows of `{table}` are no one's own"));
    notes.retain(|note| note.message != open && !note.message.starts_with(&other));
}

/// What is assumed of rows that have an owner and no text about that.
fn open(table: &str) -> String {
    format!("rows of `{table}` are open to every caller: no text says \"own\"")
}

/// Tables with the words that stand behind "own".
fn named_in(sentence: &str, schema: &Schema) -> Vec<String> {
    let said = owned(sentence);
    let is_said = |table: &&Table| {
        let name = singular(&snake(&table.name));
        let stem = stripped(&table.name, "");
        [name, stem].iter().any(|name| said.contains(&format!("_{name}_")))
    };
    schema.tables.iter().filter(is_said).map(|table| table.name.clone()).collect()
}

/// The words behind each "own", singular, in one text: `_ticket_attachment_`.
fn owned(sentence: &str) -> String {
    let lower = sentence.to_lowercase();
    let phrases = lower.split([':', '(', ')', '.']);
    let mut said = String::from("_");
    for phrase in phrases {
        let words = phrase.split(|c: char| !c.is_alphanumeric() && c != '_');
        let behind = words.filter(|it| !it.is_empty()).skip_while(|it| *it != "own");
        for word in behind.take_while(|it| !ENDS.contains(it)) {
            said.push_str(&singular(word));
            said.push('_');
        }
    }
    said
}
