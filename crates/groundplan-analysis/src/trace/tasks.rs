//! Tasks, and which of them holds a place of its document.

use groundplan_model::Outline;
use groundplan_model::document::{ChecklistItem, Mark, Section};
use groundplan_model::policy::Level;
use groundplan_syntax::Span;

use super::add::{Builder, level_of};
use super::{Item, ItemKind};
use crate::task_links::leading_id;

/// Where pieces of a document begin, each with the task that it belongs to.
type Starts = Vec<(u32, Option<usize>)>;

/// The tasks of all documents, by the index of the outline.
#[derive(Default)]
pub(super) struct Tasks {
    /// Where each task begins and where what belongs to none does, in order.
    starts: Vec<(usize, Starts)>,
}

impl Tasks {
    /// Adds the tasks of every task list.
    pub(super) fn find(builder: &mut Builder<'_>) -> Self {
        let mut found = Self::default();
        let lists = builder.outlines().filter(|(_, it)| level_of(it) == Some(Level::Task));
        for (index, outline) in lists {
            let starts = starts(builder, index, outline);
            found.starts.push((index, starts));
        }
        found
    }

    /// The task that a place of a document belongs to.
    pub(super) fn at(&self, index: usize, offset: u32) -> Option<usize> {
        let at = self.starts.binary_search_by_key(&index, |it| it.0).ok()?;
        let starts = &self.starts.get(at)?.1;
        let after = starts.partition_point(|it| it.0 <= offset);
        starts.get(after.checked_sub(1)?)?.1
    }

    /// Whether a task begins within a span of a document.
    pub(super) fn any_within(&self, index: usize, span: Span) -> bool {
        let at = self.starts.binary_search_by_key(&index, |it| it.0).ok();
        let starts = at.and_then(|it| self.starts.get(it)).map(|it| it.1.as_slice());
        let starts = starts.unwrap_or_default();
        let first = starts.partition_point(|it| it.0 < span.start);
        let rest = starts.get(first..).unwrap_or_default();
        rest.iter().take_while(|it| it.0 < span.end).any(|it| it.1.is_some())
    }
}

fn starts(builder: &mut Builder<'_>, index: usize, outline: &Outline) -> Vec<(u32, Option<usize>)> {
    let mut starts = Vec::new();
    for item in &outline.tasks {
        starts.push((item.marker.start, Some(of_box(builder, index, outline, item))));
    }
    let mut task: Option<(usize, u8)> = None;
    for section in &outline.sections {
        // What stands below the heading of a task belongs to it, under headings of its own too.
        task = match leading_id(&section.title.text) {
            Some(id) => Some((of_heading(builder, index, outline, section, id), section.level)),
            None => task.filter(|it| it.1 < section.level),
        };
        starts.push((section.heading.start, task.map(|it| it.0)));
    }
    starts.sort_unstable();
    starts
}

fn of_box(
    builder: &mut Builder<'_>,
    index: usize,
    outline: &Outline,
    item: &ChecklistItem,
) -> usize {
    let at = builder.at(outline, item.marker);
    let by_line = format!("L{}", at.line);
    let id = item.id.as_deref().unwrap_or(&by_line);
    let named = format!("{}#{id}", outline.path);
    // Lists number the tasks of each part from one on.
    let is_taken = builder.find(&named).is_some();
    let key = if is_taken { format!("{}#{by_line}", outline.path) } else { named };
    let title = item.text.text.trim_start_matches(id).trim_start_matches(['.', ' ', ':']);
    let (chain, is_done) = (builder.chain(index), item.mark == Mark::Done || item.struck);
    let new = Item::new(key, ItemKind::Task, id, title, at);
    builder.item(Item { level: Some(Level::Task), chain, is_done, ..new })
}

fn of_heading(
    builder: &mut Builder<'_>,
    index: usize,
    outline: &Outline,
    section: &Section,
    id: &str,
) -> usize {
    let at = builder.at(outline, section.heading);
    let title = &section.title.text;
    let words = title.split_once(id).map_or("", |it| it.1).trim_start_matches([':', ' ', '-']);
    let inside = |it: &&ChecklistItem| {
        section.span.start <= it.marker.start && it.marker.start < section.span.end
    };
    let boxes: Vec<&ChecklistItem> = outline.tasks.iter().filter(inside).collect();
    let is_ticked = !boxes.is_empty() && boxes.iter().all(|it| it.mark == Mark::Done);
    let new = Item::new(format!("{}#{id}", outline.path), ItemKind::Task, id, words, at);
    let (chain, is_done) = (builder.chain(index), is_ticked || title.contains('✅'));
    builder.item(Item { level: Some(Level::Task), chain, is_done, ..new })
}
