//! Where things stand in the list, and which numbers are free.

use groundplan_model::document::ChecklistItem;
use groundplan_syntax::Span;

use super::{Origin, Updater};
use crate::tasks::Style;

impl<'a> Updater<'a> {
    pub(super) fn item(&self, id: &str) -> Option<&'a ChecklistItem> {
        self.list.checklist.iter().find(|it| it.id.as_deref() == Some(id))
    }

    /// The text of an item behind its id, as it is written.
    pub(super) fn title_of(&self, item: &ChecklistItem) -> Span {
        let span = item.text.span;
        let raw = self.list.source.slice(span);
        let id = item.id.as_deref().unwrap_or("");
        let after = raw.find(id).map_or(0, |at| at + id.len());
        let rest = raw.get(after..).unwrap_or("");
        let skipped = rest.len() - rest.trim_start_matches(['.', ' ']).len();
        let start = span.start as usize + after + skipped;
        Span::new(start, start + rest.trim_start_matches(['.', ' ']).trim_end().len())
    }

    pub(super) fn indent(&self, offset: u32) -> String {
        let line = self.list.source.slice(self.list.source.line_of(offset as usize));
        line.chars().take_while(|c| *c == ' ').collect()
    }

    /// Behind the last line of the last task of a group.
    pub(super) fn end_of(&self, number: usize, name: &str) -> Option<usize> {
        let list = self.list;
        let within: Vec<&ChecklistItem> = match self.request.style {
            Style::SpecKit => {
                let heading = format!("Phase {number}: {name}");
                let section = list.sections.iter().find(|it| it.title.text == heading)?;
                let inside = |it: &&ChecklistItem| {
                    section.span.start <= it.marker.start && it.marker.start < section.span.end
                };
                let items: Vec<_> = list.checklist.iter().filter(inside).collect();
                if items.is_empty() {
                    return Some(self.after_line(section.heading.start as usize));
                }
                items
            }
            Style::Xcc | Style::Kiro => {
                let own = self.request.style.group_id(number);
                let start = list.checklist.iter().position(|it| it.id.as_deref() == Some(&own))?;
                let prefix = format!("{number}.");
                let is_inside = |it: &&ChecklistItem| {
                    it.id.as_deref().is_none_or(|id| id == own || id.starts_with(&prefix))
                };
                list.checklist.iter().skip(start).take_while(is_inside).collect()
            }
        };
        within.last().map(|it| self.end_of_item(it))
    }

    pub(super) fn end_of_all(&self) -> usize {
        let last = self.list.checklist.iter().rev().find(|it| {
            let own = |origin: &Origin| Some(origin.id.as_str()) == it.id.as_deref();
            self.origins.iter().any(own)
        });
        last.or(self.list.checklist.last())
            .map_or(self.list.source.text().len(), |it| self.end_of_item(it))
    }

    /// Behind the item's last line: lines that are indented deeper belong to it.
    fn end_of_item(&self, item: &ChecklistItem) -> usize {
        let source = &self.list.source;
        let depth = self.indent(item.marker.start).len();
        let mut end = self.after_line(item.marker.start as usize);
        while end < source.text().len() {
            let text = source.slice(source.line_of(end));
            let indent = text.len() - text.trim_start_matches(' ').len();
            let is_item = self.list.checklist.iter().any(|it| {
                source.line_of(end).start <= it.marker.start
                    && it.marker.end <= source.line_of(end).end
            });
            if text.trim().is_empty() || indent <= depth || is_item {
                break;
            }
            end = self.after_line(end);
        }
        end
    }

    /// Where the next line begins.
    fn after_line(&self, offset: usize) -> usize {
        let text = self.list.source.text();
        let rest = text.get(offset..).and_then(|it| it.find('\n'));
        rest.map_or(text.len(), |at| offset + at + 1)
    }

    pub(super) fn next_group(&self) -> usize {
        let style = self.request.style;
        let known = self.origins.iter().filter(|it| !it.is_derived());
        let known = known.filter_map(|it| style.group_number(&it.id));
        let items =
            self.list.checklist.iter().filter_map(|it| style.group_number(it.id.as_deref()?));
        known.chain(items).max().unwrap_or(0) + 1
    }

    /// The highest number in a group, also of tasks that are gone.
    pub(super) fn last_task(&self, group: usize) -> usize {
        let prefix = format!("{group}.");
        let number = |id: &str| id.strip_prefix(&prefix)?.split('.').next()?.parse().ok();
        self.ids().filter_map(number).max().unwrap_or(0)
    }

    /// The highest number of `T012`.
    pub(super) fn last_total(&self) -> usize {
        let number = |id: &str| id.strip_prefix('T')?.parse().ok();
        self.ids().filter_map(number).max().unwrap_or(0)
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        let items = self.list.checklist.iter().filter_map(|it| it.id.as_deref());
        items.chain(self.origins.iter().map(|it| it.id.as_str()))
    }
}
