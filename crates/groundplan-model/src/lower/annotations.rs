//! Annotations that tie paths to tables, and rule blocks.

use groundplan_syntax::Span;

use super::clues::Clue;
use super::{Fence, Reading};
use crate::document::{Annotation, RuleBlock, Text};

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = comments(reading);
    let mut rules = Vec::new();
    for fence in &reading.fences {
        match reading.language(*fence).as_ref() {
            "sql" | "postgresql" | "sqlite" => {
                found.extend(resources(reading, *fence));
                found.extend(renames(reading, *fence));
            }
            "rule" => rules.extend(rule(reading, *fence)),
            _ => {}
        }
    }
    found.sort_by_key(|it| it.text().span);
    reading.document.annotations = found;
    reading.document.rule_blocks = rules;
}

/// `<!-- table: orders -->` outside of code.
fn comments(reading: &Reading<'_>) -> Vec<Annotation> {
    let in_code = |at: usize| {
        let holds = |fence: &Fence| fence.content.range().contains(&at);
        reading.fences.iter().any(holds)
    };
    let marks = reading.clues.places(Clue::Comments).iter();
    let named = marks.filter(|it| !in_code(it.start as usize)).filter_map(|mark| {
        let start = mark.end as usize;
        let (body, _) = reading.text.get(start..)?.split_once("-->")?;
        value(body, "table:", start)
    });
    named.map(Annotation::Table).collect()
}

/// `-- resource: features` on a line of its own.
fn resources(reading: &Reading<'_>, fence: Fence) -> Vec<Annotation> {
    let mut at = fence.content.start as usize;
    let mut found = Vec::new();
    for line in reading.source.slice(fence.content).split_inclusive('\n') {
        let comment = line.trim_start().strip_prefix("--");
        let start = comment.map(|rest| at + line.len() - rest.len());
        let named = comment.zip(start).and_then(|(rest, start)| value(rest, "resource:", start));
        found.extend(named.map(Annotation::Resource));
        at += line.len();
    }
    found
}

/// `-- @renamed from=old` and `-- atlas:renamed_from old`, alone or behind what has the new name.
fn renames(reading: &Reading<'_>, fence: Fence) -> Vec<Annotation> {
    let mut at = fence.content.start as usize;
    let mut found = Vec::new();
    for line in reading.source.slice(fence.content).split_inclusive('\n') {
        let comment = line.find("--").and_then(|mark| Some((mark + 2, line.get(mark + 2..)?)));
        let named = comment.and_then(|(mark, rest)| {
            let keys = ["@renamed from=", "atlas:renamed_from "];
            keys.iter().find_map(|key| value(rest, key, at + mark))
        });
        found.extend(named.map(Annotation::RenamedFrom));
        at += line.len();
    }
    found
}

/// The one word behind `key`; `start` is where `text` begins.
fn value(text: &str, key: &str, start: usize) -> Option<Text> {
    let lead = text.len() - text.trim_start().len();
    let rest = text.trim_start().strip_prefix(key)?;
    let word = rest.trim().trim_matches('`');
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if word.is_empty() || !word.chars().all(is_name) {
        return None;
    }
    let at = start + lead + key.len() + rest.find(word)?;
    Some(Text { text: word.to_owned(), span: Span::new(at, at + word.len()) })
}

fn rule(reading: &Reading<'_>, fence: Fence) -> Option<RuleBlock> {
    let info = reading.source.slice(fence.info);
    let rest = info.get("rule".len()..)?;
    let text = rest.trim();
    let start = fence.info.start as usize + "rule".len() + rest.find(text)?;
    let endpoint = Text { text: text.to_owned(), span: Span::new(start, start + text.len()) };
    fence.closed.then_some(RuleBlock { endpoint, body: fence.content })
}
