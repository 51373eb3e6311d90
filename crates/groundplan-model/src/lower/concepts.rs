//! Which concepts a place lies under, answered without a walk over all sections.

use crate::document::{Concept, Section};

/// The concepts of each section and of those around it, by where its heading begins.
#[derive(Default)]
pub(super) struct Concepts(Vec<(u32, u32)>);

impl Concepts {
    /// Those of `sections`, which are in the document's order.
    pub(super) fn of(sections: &[Section]) -> Self {
        let mut open: Vec<(u8, u32)> = Vec::new();
        let mut found = Vec::with_capacity(sections.len());
        for section in sections {
            while open.pop_if(|(level, _)| *level >= section.level).is_some() {}
            let around = open.last().map_or(0, |(_, concepts)| *concepts);
            let own = section.concept.map_or(0, bit) | around;
            open.push((section.level, own));
            found.push((section.heading.start, own));
        }
        Self(found)
    }

    /// Whether `offset` lies under a section of one of `concepts`.
    pub(super) fn hold(&self, offset: u32, concepts: &[Concept]) -> bool {
        let after = self.0.partition_point(|(start, _)| *start <= offset);
        let above = after.checked_sub(1).and_then(|at| self.0.get(at));
        let wanted = concepts.iter().fold(0, |all, concept| all | bit(*concept));
        above.is_some_and(|(_, own)| own & wanted != 0)
    }
}

fn bit(concept: Concept) -> u32 {
    1 << concept as u32
}
