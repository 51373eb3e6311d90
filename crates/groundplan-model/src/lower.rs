//! Tree to facts.

use groundplan_syntax::{Source, Tree};

use crate::Document;
use crate::schema::Schema;

/// Reads every fact that the document states. Never fails.
pub fn lower(source: &Source, _tree: &Tree) -> Document {
    Document {
        source: source.clone(),
        title: None,
        header: vec![],
        status: None,
        sections: vec![],
        endpoints: vec![],
        operations: vec![],
        schema: Schema::default(),
        examples: vec![],
        error_cases: vec![],
        targets: vec![],
        checklist: vec![],
        questions: vec![],
        changes: vec![],
        links: vec![],
        placeholders: vec![],
        policies: vec![],
        transitions: vec![],
        problems: vec![],
    }
}
