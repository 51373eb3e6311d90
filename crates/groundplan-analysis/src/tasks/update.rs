//! A list that people worked on, brought up to date with its documents: boxes, ids and words of
//! their own stay, new tasks come at the end of their group, and nothing is taken away.

mod place;

use std::collections::HashSet;

use groundplan_model::Document;
use groundplan_model::document::Mark;
use groundplan_model::provenance::{Digest, Provenance};
use groundplan_syntax::{Edit, EditConflict, Span, apply};

use super::origin::{self, GROUP, Origin, RECHECK};
use super::outline::{cited, outline};
use super::write::{COVERAGE, NOTHING, audit, category_rows, coverage, group_origin, title};
use super::{Coverage, Facts, Group, Request, Style, Task, sources};

/// What an update did.
pub struct Update {
    /// The new text.
    pub text: String,
    /// Tasks that came, as `3.4 Title`.
    pub added: Vec<String>,
    /// Ids of tasks that read otherwise now.
    pub changed: Vec<String>,
    /// Ids of tasks that were struck out, because no document asks for them any more.
    pub struck: Vec<String>,
    /// Ids of tasks that nobody asks for any more and that stay, because they are done or were
    /// edited.
    pub left: Vec<String>,
    /// Ids of tasks that people and the documents both changed; the text names both.
    pub conflicts: Vec<String>,
    /// How much has a task now.
    pub coverage: Vec<Coverage>,
}

/// Brings `list` up to date; nothing where it was not derived.
pub fn update(
    facts: &Facts<'_>,
    request: &Request<'_>,
    list: &Document,
) -> Option<Result<Update, EditConflict>> {
    let (origins, place) = origin::read(&list.source)?;
    let groups = outline(facts);
    let mut updater = Updater::new(facts, request, list, &groups, origins);
    for group in &groups {
        updater.group(group);
    }
    updater.strike_what_is_gone();
    Some(updater.finish(place))
}

struct Updater<'a> {
    facts: &'a Facts<'a>,
    request: &'a Request<'a>,
    list: &'a Document,
    groups: &'a [Group],
    origins: Vec<Origin>,
    /// Ids of origins that some task of the new outline stands for.
    matched: HashSet<String>,
    edits: Vec<Edit>,
    added: Vec<String>,
    changed: Vec<String>,
    struck: Vec<String>,
    left: Vec<String>,
    conflicts: Vec<String>,
}

impl<'a> Updater<'a> {
    fn new(
        facts: &'a Facts<'a>,
        request: &'a Request<'a>,
        list: &'a Document,
        groups: &'a [Group],
        origins: Vec<Origin>,
    ) -> Self {
        Self {
            facts,
            request,
            list,
            groups,
            origins,
            matched: HashSet::new(),
            edits: Vec::new(),
            added: Vec::new(),
            changed: Vec::new(),
            struck: Vec::new(),
            left: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    fn group(&mut self, group: &Group) {
        let mut fresh: Vec<(String, Origin)> = Vec::new();
        for task in &group.tasks {
            match self.known(task) {
                Some(at) => fresh.extend(self.compare(task, at)),
                None => {
                    let title = title(self.facts, self.request, self.groups, task);
                    let origin = super::write::origin(self.facts, task, "", &title);
                    fresh.push((title, origin));
                }
            }
        }
        if !fresh.is_empty() {
            self.add(group, fresh);
        }
    }

    /// The task of the list that stands for the same first fact.
    fn known(&self, task: &Task) -> Option<usize> {
        let key = self.facts.all.get(*task.covers.first()?)?.key();
        let is_it = |it: &Origin| it.keys.first() == Some(&key) && self.item(&it.id).is_some();
        self.origins.iter().position(is_it)
    }

    /// What a known task says now against what it said: perhaps a task to look at it again.
    fn compare(&mut self, task: &Task, at: usize) -> Option<(String, Origin)> {
        let old = self.origins.get(at)?.clone();
        let title = title(self.facts, self.request, self.groups, task);
        let new = super::write::origin(self.facts, task, &old.id, &title);
        self.matched.insert(old.id.clone());
        *self.origins.get_mut(at)? = new.clone();
        let item = self.item(&old.id)?;
        if item.struck {
            return None;
        }
        let (mark, written) = (item.mark, self.title_of(item));
        if old.title != new.title {
            self.retitle(&old, &title, written);
        }
        let is_stale = mark == Mark::Done && old.facts != new.facts;
        is_stale.then(|| self.recheck(&new))
    }

    /// The new title in the place of the old one, or below it where a person changed it.
    fn retitle(&mut self, old: &Origin, title: &str, written: Span) {
        let now = self.list.source.slice(written);
        if now == title {
            return;
        }
        if Some(Digest::of(now)) == old.title {
            self.edits.push(Edit::replace(written, title));
            self.changed.push(old.id.clone());
        } else {
            let indent = self.indent(written.start);
            let note = format!(
                "\n{indent}  <!-- groundplan: the documents now say: {} -->",
                comment(title)
            );
            self.edits.push(Edit::insert(written.end as usize, note));
            self.conflicts.push(old.id.clone());
        }
    }

    fn recheck(&self, done: &Origin) -> (String, Origin) {
        let about = done.keys.first().map_or("", String::as_str);
        let title = format!("Bring {} up to the changed documents: {about}", done.id);
        let facts = done.facts.map(|it| it.to_string()).unwrap_or_default();
        let keys = vec![format!("{RECHECK}{} {facts}", done.id)];
        let origin =
            Origin { id: String::new(), title: Some(Digest::of(&title)), facts: done.facts, keys };
        (title, origin)
    }

    /// New tasks at the end of their group, which is made where it is not there.
    fn add(&mut self, group: &Group, fresh: Vec<(String, Origin)>) {
        let style = self.request.style;
        let key = format!("{GROUP}{}", group.name);
        let known = self.origins.iter().find(|it| it.keys.first() == Some(&key));
        let known = known.and_then(|it| style.group_number(&it.id));
        let place = known.and_then(|number| self.end_of(number, &group.name));
        let (number, mut at, mut lines) = match (known, place) {
            (Some(number), Some(at)) => (number, at, String::new()),
            (None | Some(_), _) => {
                let number = self.next_group();
                self.origins.push(group_origin(style.group_id(number), &group.name));
                (number, self.end_of_all(), style.group_line(number, &group.name))
            }
        };
        let mut task = self.last_task(number);
        let mut total = self.last_total();
        for (title, mut origin) in fresh {
            task += 1;
            total += 1;
            origin.id = style.task_id(number, task, total);
            let about = self.about(&origin);
            lines.push_str(&style.task_lines(&origin.id, &title, &about));
            self.added.push(format!("{} {title}", origin.id));
            self.matched.insert(origin.id.clone());
            self.origins.push(origin);
        }
        let text = self.list.source.text();
        if !text.get(..at).is_some_and(|it| it.is_empty() || it.ends_with('\n')) {
            lines.insert(0, '\n');
        }
        if style == Style::SpecKit && place.is_none() {
            lines.insert(0, '\n');
        }
        at = at.min(text.len());
        self.edits.push(Edit::insert(at, lines));
    }

    /// Requirements that a new task's facts are.
    fn about(&self, origin: &Origin) -> Vec<String> {
        let covers = self.facts.all.iter().enumerate();
        let covers = covers.filter(|(_, fact)| origin.keys.contains(&fact.key()));
        let task = Task {
            text: String::new(),
            covers: covers.map(|it| it.0).collect(),
            files: Vec::new(),
        };
        cited(self.facts, &task)
    }

    fn strike_what_is_gone(&mut self) {
        let gone: Vec<Origin> =
            self.origins.iter().filter(|it| self.is_gone(it)).cloned().collect();
        for origin in gone {
            let Some(item) = self.item(&origin.id).filter(|it| !it.struck) else { continue };
            let written = self.title_of(item);
            let now = self.list.source.slice(written);
            if item.mark == Mark::Open && Some(Digest::of(now)) == origin.title {
                self.edits.push(Edit::replace(
                    written,
                    format!("~~{now}~~ (no document asks for it any more)"),
                ));
                self.struck.push(origin.id);
            } else {
                self.left.push(origin.id);
            }
        }
    }

    fn is_gone(&self, origin: &Origin) -> bool {
        origin.is_derived() && !self.matched.contains(&origin.id)
    }

    fn finish(mut self, place: Span) -> Result<Update, EditConflict> {
        let here: HashSet<String> =
            self.list.checklist.iter().filter_map(|it| it.id.clone()).collect();
        let is_there = |it: &Origin| {
            self.matched.contains(&it.id) || here.contains(&it.id) || !it.is_derived()
        };
        let origins: Vec<Origin> = self.origins.iter().filter(|it| is_there(it)).cloned().collect();
        self.edits.push(Edit::replace(place, origin::written(&origins)));
        self.tables(&origins);
        self.provenance();
        let text = apply(self.list.source.text(), &self.edits)?;
        Ok(Update {
            text,
            added: self.added,
            changed: self.changed,
            struck: self.struck,
            left: self.left,
            conflicts: self.conflicts,
            coverage: coverage(self.facts, &origins),
        })
    }

    /// The audit anew, and every category whose result nobody put in words.
    fn tables(&mut self, origins: &[Origin]) {
        let text = self.list.source.text();
        let (open, close) = COVERAGE;
        if let Some(start) = text.find(open).map(|at| at + open.len())
            && let Some(len) = text.get(start..).and_then(|it| it.find(close))
        {
            self.edits
                .push(Edit::replace(Span::new(start, start + len), audit(self.facts, origins)));
        }
        for (name, result) in category_rows(self.facts, origins) {
            let row = format!("\n| {name} | ");
            let Some(start) = text.find(&row).map(|at| at + row.len()) else { continue };
            let Some(len) = text.get(start..).and_then(|it| it.find(" |")) else { continue };
            let old = text.get(start..start + len).unwrap_or("");
            let is_id = |it: &str| it.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'T'));
            if old != result && (old == NOTHING || old.split(", ").all(is_id)) {
                self.edits.push(Edit::replace(Span::new(start, start + len), result));
            }
        }
    }

    fn provenance(&mut self) {
        let old = Provenance::read(&self.list.source);
        let span = old.as_ref().map_or(Span::at(self.list.source.text().len()), |it| it.span);
        let template = old.and_then(|it| it.template);
        let new = Provenance { template, sources: sources(self.facts, self.request.path), span };
        self.edits.push(Edit::replace(span, new.to_text()));
    }
}

/// What a comment can hold.
fn comment(text: &str) -> String {
    text.replace("--", "- -")
}
