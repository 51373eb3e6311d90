//! Facts to tasks, in the order in which one needs the other: what has to be settled, the schema,
//! the interface resource by resource, what surrounds it, and the proof of it all.

use groundplan_syntax::Span;

use super::files::Files;
use super::{Fact, FactKind, Facts, Group, Task};
use crate::endpoints::{is_base, is_parameter};
use crate::names::same_noun;

/// All groups that have a task.
pub(super) fn outline(facts: &Facts<'_>) -> Vec<Group> {
    let outline = Outline { facts, files: Files::of(facts.documents) };
    let mut groups = vec![outline.questions(), outline.foundation()];
    groups.extend(outline.resources());
    groups.extend([
        outline.refusals(),
        outline.requirements(),
        outline.security(),
        outline.dependencies(),
        outline.retention(),
        outline.targets(),
        outline.operations(),
        outline.acceptance(),
    ]);
    groups.retain(|group| !group.tasks.is_empty());
    groups
}

struct Outline<'a> {
    facts: &'a Facts<'a>,
    files: Files,
}

impl Outline<'_> {
    fn questions(&self) -> Group {
        let tasks = self.each(FactKind::Question, |fact| format!("Settle: {}", cut(&fact.text)));
        Group { name: "Open questions".to_owned(), tasks }
    }

    /// Tables with their indexes, the migration's files, and the settings.
    fn foundation(&self) -> Group {
        let mut tasks: Vec<Task> = Vec::new();
        for table in self.facts.of_kind(FactKind::Table) {
            let Some(fact) = self.fact(table) else { continue };
            let quoted = format!("`{}` (", fact.name);
            let indexes = self.facts.of_kind(FactKind::Index);
            let own =
                indexes.filter(|it| self.fact(*it).is_some_and(|it| it.text.starts_with(&quoted)));
            let covers: Vec<usize> = std::iter::once(table).chain(own).collect();
            let with = match covers.len() {
                1 => String::new(),
                2 => " with its index".to_owned(),
                count => format!(" with its {} indexes", count - 1),
            };
            let text = format!("Migration of `{}`{with}, run up and down", fact.name);
            let file = self.files.of_noun(&fact.name, &["migration", "schema", "model", "entity"]);
            let file = file.or_else(|| self.files.of_role(&["migration", "alembic", "schema"]));
            tasks.push(Task { text, covers, files: file.into_iter().collect() });
        }
        let taken: Vec<usize> = tasks.iter().flat_map(|it| it.covers.clone()).collect();
        tasks.extend(
            self.each_but(FactKind::Index, &taken, |it| {
                format!("Index `{}` on {}", it.name, it.text)
            }),
        );
        let variables: Vec<usize> = self.facts.of_kind(FactKind::Variable).collect();
        if !variables.is_empty() {
            let text =
                "Settings from the environment; a missing one is named at the start".to_owned();
            let file = self.files.of_role(&["settings", "config", "env", "configuration"]);
            tasks.push(Task { text, covers: variables, files: file.into_iter().collect() });
        }
        Group { name: "Schema and settings".to_owned(), tasks }
    }

    /// A group a resource, in the order in which the documents name them.
    fn resources(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for index in self.facts.of_kind(FactKind::Endpoint) {
            let Some(fact) = self.fact(index) else { continue };
            let noun = self.resource(&fact.name);
            let task = self.endpoint(index, fact, &noun);
            let name = heading(&noun);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.tasks.push(task),
                None => groups.push(Group { name, tasks: vec![task] }),
            }
        }
        groups
    }

    fn endpoint(&self, index: usize, fact: &Fact, noun: &str) -> Task {
        let errors = self.facts.of_kind(FactKind::Error);
        let own = errors.filter(|it| {
            self.fact(*it).and_then(|it| it.endpoint.as_deref()) == Some(fact.name.as_str())
        });
        let covers: Vec<usize> = std::iter::once(index).chain(own).collect();
        let mut answers: Vec<&str> =
            covers.iter().skip(1).filter_map(|it| self.fact(*it)?.name.split(' ').next()).collect();
        answers.dedup();
        let purpose = match fact.text.is_empty() {
            true => String::new(),
            false => format!(": {}", cut(&fact.text)),
        };
        let tested = match answers.is_empty() {
            true => "with its test".to_owned(),
            false => format!("with a test of each answer ({})", answers.join(", ")),
        };
        let roles =
            ["controller", "router", "route", "handler", "api", "endpoint", "view", "service"];
        let files = [self.files.of_noun(noun, &roles), self.files.test_of(noun)];
        let text = format!("`{}`{purpose}; {tested}", fact.name);
        Task { text, covers, files: files.into_iter().flatten().collect() }
    }

    /// The part of a path that names what it is about: the last one that a table is named after,
    /// else the first that is no version.
    fn resource(&self, endpoint: &str) -> String {
        let path = endpoint.split_once(' ').map_or(endpoint, |(_, path)| path);
        let is_name = |part: &&str| !part.is_empty() && !is_parameter(part) && !is_base(part);
        let parts: Vec<&str> = path.split(['/', '?']).filter(is_name).collect();
        let is_table = |part: &&&str| {
            let tables = self.facts.of_kind(FactKind::Table).filter_map(|it| self.fact(it));
            tables.into_iter().any(|table| is_named_after(&table.name, part))
        };
        let named = parts.iter().rev().find(is_table).or(parts.first());
        named.map_or_else(|| "service".to_owned(), |it| (*it).to_owned())
    }

    /// Error answers that belong to no endpoint of their own.
    fn refusals(&self) -> Group {
        let listed = |it: &usize| {
            let own = self.fact(*it).and_then(|it| it.endpoint.as_deref());
            let mut endpoints =
                self.facts.of_kind(FactKind::Endpoint).filter_map(|it| self.fact(it));
            own.is_some_and(|own| endpoints.any(|it| it.name == own))
        };
        let taken: Vec<usize> = self.facts.of_kind(FactKind::Error).filter(listed).collect();
        let text = |fact: &Fact| {
            let status = fact.name.split(' ').next().unwrap_or("");
            format!("Answer {status} where it is due, with a test: {}", cut(&fact.text))
        };
        let mut tasks = self.each_but(FactKind::Error, &taken, text);
        for task in &mut tasks {
            task.files.extend(self.files.of_role(&[
                "error",
                "exception",
                "middleware",
                "main",
                "app",
            ]));
        }
        Group { name: "Refusals".to_owned(), tasks }
    }

    /// What was asked for; a design that cites the requirement where it describes something is
    /// covered by the task for that.
    fn requirements(&self) -> Group {
        let tasks = self.each(FactKind::Requirement, |it| named("Carry out", it));
        Group { name: "Requirements".to_owned(), tasks }
    }

    fn security(&self) -> Group {
        let mut tasks =
            self.each(FactKind::Policy, |it| format!("Enforce, with a test: {}", cut(&it.text)));
        tasks.extend(self.each(FactKind::Threat, |it| format!("Guard against: {}", cut(&it.text))));
        Group { name: "Security".to_owned(), tasks }
    }

    /// A task a service that something is said about; what is only named is brought in together.
    fn dependencies(&self) -> Group {
        let files: Vec<String> = self
            .files
            .of_role(&["client", "integration", "adapter", "gateway"])
            .into_iter()
            .collect();
        let (services, named): (Vec<usize>, Vec<usize>) =
            self.facts.of_kind(FactKind::Dependency).partition(|it| self.is_service(*it));
        let mut tasks = self.each_but(FactKind::Dependency, &named, |it| {
            format!(
                "Connect {}, with its timeout, retries and a test of its failure",
                cut(&it.text)
            )
        });
        tasks.iter_mut().for_each(|task| task.files.clone_from(&files));
        if !named.is_empty() && !services.is_empty() || named.len() > 1 {
            let names: Vec<&str> =
                named.iter().filter_map(|it| Some(self.fact(*it)?.text.as_str())).collect();
            let text = format!("Bring in what is needed: {}", cut(&names.join(", ")));
            tasks.push(Task { text, covers: named, files: Vec::new() });
        } else {
            tasks.extend(self.each_but(FactKind::Dependency, &services, |it| {
                format!("Bring in {}", cut(&it.text))
            }));
        }
        Group { name: "Dependencies".to_owned(), tasks }
    }

    /// Whether a document says how far a dependency may be relied on.
    fn is_service(&self, index: usize) -> bool {
        let Some(fact) = self.fact(index) else { return false };
        let stated = self.facts.document_of(fact).map(|it| it.dependencies.as_slice());
        let found = stated.unwrap_or_default().iter().find(|it| it.span == fact.span);
        found.is_some_and(|it| {
            [&it.sla, &it.fallback, &it.timeout, &it.retries].into_iter().any(Option::is_some)
        })
    }

    fn retention(&self) -> Group {
        let mut tasks = self.each(FactKind::Retention, |it| {
            format!("Keep {}; test with a moved clock", cut(&it.text))
        });
        for task in &mut tasks {
            task.files.extend(self.files.of_role(&[
                "retention",
                "job",
                "cleanup",
                "worker",
                "task",
            ]));
        }
        Group { name: "Retention".to_owned(), tasks }
    }

    fn targets(&self) -> Group {
        let mut tasks =
            self.each(FactKind::Target, |it| format!("Prove by measurement: {}", cut(&it.text)));
        for task in &mut tasks {
            task.files.extend(self.files.test_with(&[
                "performance",
                "load",
                "perf",
                "benchmark",
                "bench",
            ]));
        }
        Group { name: "Proof of the targets".to_owned(), tasks }
    }

    fn operations(&self) -> Group {
        let mut tasks =
            self.each(FactKind::Alert, |it| format!("Alert, and a drill of it: {}", cut(&it.text)));
        for task in &mut tasks {
            task.files.extend(self.files.of_role(&["alert", "alerts", "monitoring", "alerting"]));
        }
        tasks.extend(self.each(FactKind::Rollout, |it| format!("Roll out: {}", cut(&it.text))));
        Group { name: "Operations".to_owned(), tasks }
    }

    /// Criteria of one requirement are proved together.
    fn acceptance(&self) -> Group {
        let mut tasks: Vec<(String, Task)> = Vec::new();
        for index in self.facts.of_kind(FactKind::Criterion) {
            let Some(fact) = self.fact(index) else { continue };
            let stem = fact.name.rsplit_once('.').map_or(fact.name.as_str(), |(stem, _)| stem);
            match tasks.iter_mut().find(|(known, _)| known == stem) {
                Some((_, task)) => {
                    task.covers.push(index);
                    task.text = self.proof_of(&task.covers);
                }
                None => {
                    let task =
                        Task { text: named("Prove", fact), covers: vec![index], files: Vec::new() };
                    tasks.push((stem.to_owned(), task));
                }
            }
        }
        Group { name: "Acceptance".to_owned(), tasks: tasks.into_iter().map(|it| it.1).collect() }
    }

    fn proof_of(&self, covers: &[usize]) -> String {
        let ids: Vec<&str> =
            covers.iter().filter_map(|it| Some(self.fact(*it)?.name.as_str())).collect();
        let is_number = ids.iter().any(|it| it.starts_with(|c: char| c.is_ascii_digit()));
        format!("Prove {}{}", if is_number { "criteria " } else { "" }, ids.join(", "))
    }

    fn fact(&self, index: usize) -> Option<&Fact> {
        self.facts.all.get(index)
    }

    fn each(&self, kind: FactKind, text: impl Fn(&Fact) -> String) -> Vec<Task> {
        self.each_but(kind, &[], text)
    }

    /// A task a fact, but for those that are `taken`.
    fn each_but(
        &self,
        kind: FactKind,
        taken: &[usize],
        text: impl Fn(&Fact) -> String,
    ) -> Vec<Task> {
        let left = self.facts.of_kind(kind).filter(|it| !taken.contains(it));
        let task = |index| {
            let fact = self.fact(index)?;
            Some(Task { text: text(fact), covers: vec![index], files: Vec::new() })
        };
        left.filter_map(task).collect()
    }
}

/// "Build FR-1: Create a dataset".
fn named(verb: &str, fact: &Fact) -> String {
    // `1.1` alone would read as a task's number.
    let is_number = fact.name.starts_with(|c: char| c.is_ascii_digit());
    let noun = if is_number { format!("{} ", fact.kind.as_str()) } else { String::new() };
    match fact.text.is_empty() {
        true => format!("{verb} {noun}{}", fact.name),
        false => format!("{verb} {noun}{}: {}", fact.name, cut(&fact.text)),
    }
}

/// One line that ends with no full stop, and not in the middle of a word.
fn cut(text: &str) -> String {
    const LONGEST: usize = 90;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace("**", "");
    let line = line.trim_end_matches(['.', ':', ';', ',']);
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let mut short: String = line.chars().take(LONGEST).collect();
    if let Some(at) = short.rfind(' ') {
        short.truncate(at);
    }
    // A code span that was cut in two would swallow what follows.
    if short.matches('`').count() % 2 == 1
        && let Some(at) = short.rfind('`')
    {
        short.truncate(at);
    }
    format!("{}…", short.trim_end())
}

/// `order-items` as the name of a group: `Order items`.
fn heading(noun: &str) -> String {
    let words = noun.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `orders` and `order_items` are tables of `/orders` and of `/orders/{id}/items`.
fn is_named_after(table: &str, part: &str) -> bool {
    let last = table.rsplit('_').next().unwrap_or(table);
    same_noun(table, part) || same_noun(last, part)
}

/// Which requirements are cited in the sections where a task's facts stand.
pub(super) fn cited(facts: &Facts<'_>, task: &Task) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for fact in task.covers.iter().filter_map(|it| facts.all.get(*it)) {
        if fact.kind == FactKind::Requirement {
            ids.push(fact.name.clone());
            continue;
        }
        let Some(document) = facts.document_of(fact) else { continue };
        let line: Span = document.source.line_of(fact.span.start as usize);
        let near = document
            .requirement_refs
            .iter()
            .filter(|it| line.start <= it.span.start && it.span.start < line.end);
        ids.extend(near.map(|it| it.text.clone()));
    }
    ids.sort();
    ids.dedup();
    ids
}
