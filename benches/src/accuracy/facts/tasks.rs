//! Facts that are counted: boxes by their mark, questions by whether they are answered.

use groundplan_model::Document;
use groundplan_model::document::Mark;

use super::{Expected, Facts, Item, Sides, Tally, line};

pub(super) fn marks(expected: &Expected, document: &Document) -> Tally {
    let found = document.checklist.iter().map(|it| {
        let key = match it.mark {
            Mark::Done => "done",
            Mark::Open => "open",
            Mark::Other(_) => "other",
        };
        Item::new(key, line(document, it.marker.start))
    });
    let counts = |facts: &Facts| {
        let tasks = &facts.tasks;
        repeated(&[("done", tasks.done), ("open", tasks.open), ("other", tasks.other)])
    };
    let unsure = counts(&expected.unsure.facts);
    Sides { expected: counts(&expected.facts), found: found.collect(), unsure }.tally()
}

pub(super) fn ids(expected: &Expected, document: &Document) -> Tally {
    let found = document.checklist.iter().filter_map(|it| {
        let id = it.id.as_ref()?;
        Some(Item::new(id, line(document, it.marker.start)))
    });
    let ids = |facts: &Facts| facts.tasks.ids.iter().map(|id| Item::new(id, None)).collect();
    let unsure = ids(&expected.unsure.facts);
    Sides { expected: ids(&expected.facts), found: found.collect(), unsure }.tally()
}

pub(super) fn questions(expected: &Expected, document: &Document) -> Tally {
    let found = document.questions.iter().map(|it| {
        let key = if it.answered { "answered" } else { "open" };
        Item::new(key, line(document, it.text.span.start))
    });
    let counts = |facts: &Facts| {
        let questions = &facts.questions;
        repeated(&[("answered", questions.answered), ("open", questions.open)])
    };
    let unsure = counts(&expected.unsure.facts);
    Sides { expected: counts(&expected.facts), found: found.collect(), unsure }.tally()
}

fn repeated(counts: &[(&str, usize)]) -> Vec<Item> {
    let items = counts.iter().flat_map(|(key, count)| std::iter::repeat_n(*key, *count));
    items.map(|key| Item::new(key, None)).collect()
}
