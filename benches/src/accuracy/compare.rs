//! Two lists of facts compared: what is right, what is too much, what is missing.

/// A fact as it is compared, with the line that it stands on where that is known.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) key: String,
    pub(crate) line: Option<usize>,
}

impl Item {
    pub(crate) fn new(key: impl Into<String>, line: Option<usize>) -> Self {
        Self { key: key.into(), line }
    }
}

/// Both sides of a comparison, and what counts on neither.
#[derive(Default)]
pub(crate) struct Sides {
    pub(crate) expected: Vec<Item>,
    pub(crate) found: Vec<Item>,
    pub(crate) unsure: Vec<Item>,
}

/// The result of a comparison.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) correct: usize,
    /// Found and not expected.
    pub(crate) wrong: Vec<Item>,
    /// Expected and not found.
    pub(crate) missing: Vec<Item>,
}

impl Tally {
    pub(crate) fn expected(&self) -> usize {
        self.correct + self.missing.len()
    }

    pub(crate) fn found(&self) -> usize {
        self.correct + self.wrong.len()
    }
}

impl Sides {
    /// Compares as multisets of keys: each expectation takes one fact, and what is left on either
    /// side is forgiven once for each item of `unsure`.
    pub(crate) fn tally(self) -> Tally {
        let Self { expected, found: mut wrong, unsure } = self;
        let mut missing = Vec::new();
        let mut correct = 0;
        for item in expected {
            if take(&mut wrong, &item.key) {
                correct += 1;
            } else {
                missing.push(item);
            }
        }
        for item in &unsure {
            take(&mut wrong, &item.key);
            take(&mut missing, &item.key);
        }
        Tally { correct, wrong, missing }
    }

    /// Each key once a side.
    pub(crate) fn distinct(mut self) -> Self {
        for side in [&mut self.expected, &mut self.found, &mut self.unsure] {
            side.sort_by(|one, other| (&one.key, one.line).cmp(&(&other.key, other.line)));
            side.dedup_by(|one, other| one.key == other.key);
        }
        self
    }
}

/// Removes one item of `key`.
fn take(items: &mut Vec<Item>, key: &str) -> bool {
    let at = items.iter().position(|item| item.key == key);
    at.map(|at| items.remove(at)).is_some()
}
