//! The way up and down from one item.

use std::fmt::Write;

use groundplan_analysis::trace::{Direction, Edge, Item, Step, Trace};
use groundplan_model::Certainty;
use serde_json::{Value, json};

use super::text::{place, stale};
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::ui::{DIM, STRONG, WARNING, paint, printable};

/// Steps that are shown of one tree: ways through many documents grow fast.
const LIMIT: usize = 500;

/// A block for each start.
pub(super) fn text(trace: &Trace, starts: &[usize], styled: bool) -> String {
    let mut text = String::new();
    for start in starts {
        let Some(item) = trace.items.get(*start) else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        let name = paint(styled, STRONG, &printable(&item.key));
        let _ = writeln!(text, "{name}  {}", printable(first_line(&item.title)));
        let kind = format!("{}, {}", item.kind.as_str(), place(&item.at));
        let _ = writeln!(text, "{}", paint(styled, DIM, &printable(&kind)));
        for (title, direction) in [("Answers", Direction::Up), ("Answered by", Direction::Down)] {
            let steps = trace.tree(*start, direction);
            let nothing = if steps.is_empty() { ": nothing" } else { "" };
            let _ = writeln!(text, "{title}{nothing}");
            let mut drawing = Drawing { trace, text: String::new(), left: LIMIT, styled };
            drawing.draw(&steps, "");
            text.push_str(&drawing.text);
        }
    }
    text
}

struct Drawing<'a> {
    trace: &'a Trace,
    text: String,
    left: usize,
    styled: bool,
}

impl Drawing<'_> {
    fn draw(&mut self, steps: &[Step<'_>], before: &str) {
        for (at, step) in steps.iter().enumerate() {
            if self.left == 0 {
                let _ = writeln!(self.text, "{before}…");
                return;
            }
            self.left -= 1;
            let is_last = at + 1 == steps.len();
            let (branch, rest) = if is_last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            let Some(item) = self.trace.items.get(step.item) else { continue };
            let line = line(item, step.edge, self.styled);
            let _ = writeln!(self.text, "{before}{branch}{line}");
            self.draw(&step.steps, &format!("{before}{rest}"));
        }
    }
}

/// `task 1.2 Write the export  docs/TASKS.md:12 (cites, :14)`
fn line(item: &Item, edge: &Edge, styled: bool) -> String {
    let mut name = format!("{} {}", item.kind.as_str(), item.id);
    if !item.title.is_empty() && item.title != item.id {
        let _ = write!(name, " {}", first_line(&item.title));
    }
    let mut how = edge.kind.as_str().to_owned();
    if edge.at != item.at {
        let same = edge.at.path == item.at.path;
        let at = if same { format!("line {}", edge.at.line) } else { place(&edge.at) };
        let _ = write!(how, ", {at}");
    }
    if edge.certainty == Certainty::Guessed {
        how.push_str(", guessed");
    }
    let why = edge.stale.as_ref().map(|it| format!(" stale: {}", stale(it)));
    let why = why.map(|it| paint(styled, WARNING, &it)).unwrap_or_default();
    let where_ = paint(styled, DIM, &printable(&format!("{} ({how})", place(&item.at))));
    format!("{}  {where_}{why}", printable(&name))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// Everything on the ways from some items.
pub(super) fn items(trace: &Trace, starts: &[usize]) -> Vec<usize> {
    fn collect(steps: &[Step<'_>], found: &mut Vec<usize>) {
        for step in steps {
            found.push(step.item);
            collect(&step.steps, found);
        }
    }
    let mut found = starts.to_vec();
    for start in starts {
        collect(&trace.tree(*start, Direction::Up), &mut found);
        collect(&trace.tree(*start, Direction::Down), &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// One JSON document.
pub(super) fn json(trace: &Trace, starts: &[usize]) -> String {
    let tree = |start: &usize| {
        json!({
            "item": trace.items.get(*start).map(super::json::item),
            "answers": steps(trace, &trace.tree(*start, Direction::Up)),
            "answered_by": steps(trace, &trace.tree(*start, Direction::Down)),
        })
    };
    let trees: Vec<Value> = starts.iter().map(tree).collect();
    printed(&json!({ "schema_version": SCHEMA_VERSION, "trees": trees }))
}

fn steps(trace: &Trace, all: &[Step<'_>]) -> Value {
    let step = |it: &Step<'_>| {
        json!({
            "edge": super::json::edge(trace, it.edge),
            "item": trace.items.get(it.item).map(super::json::item),
            "steps": steps(trace, &it.steps),
        })
    };
    all.iter().map(step).collect()
}
