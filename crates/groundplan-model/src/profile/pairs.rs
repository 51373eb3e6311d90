//! Which pairs of bytes a path holds. A document's path matches few of the many patterns, and looking
//! for a text of each in it took longer than reading the document's headings.

/// A set of pairs of bytes; several pairs may share a bit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs([u64; 4]);

impl Pairs {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Self::default();
        for pair in text.as_bytes().windows(2) {
            let [first, second] = pair else { continue };
            let bit = first.wrapping_mul(31).wrapping_add(*second);
            if let Some(word) = found.0.get_mut(usize::from(bit >> 6)) {
                *word |= 1 << (bit & 63);
            }
        }
        found
    }

    pub(super) fn and(self, others: Self) -> Self {
        let mut found = self;
        found.0.iter_mut().zip(&others.0).for_each(|(own, other)| *own |= other);
        found
    }

    /// Whether all of `others` may be among these.
    pub(super) fn hold(&self, others: &Self) -> bool {
        self.0.iter().zip(&others.0).all(|(own, other)| other & !own == 0)
    }
}
