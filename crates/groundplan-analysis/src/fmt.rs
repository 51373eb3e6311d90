//! Formatting: white space and order of what design documents need, and nothing that they say.
//!
//! [`PASSES`] is the table: one file a kind of edit. Each pass looks at a text and gives edits;
//! after each the two texts are compared by what they say ([`meaning`]), and one that says something
//! else is refused as a whole. How Markdown is laid out in general is not our business.

mod blank_lines;
mod boxes;
mod contents;
mod line_ends;
mod log_order;
mod look;
mod meaning;
mod numbers;
mod tables;

use groundplan_syntax::{Edit, Source, Span, apply};

use look::Look;

/// A pass may uncover work for an earlier one. Real documents need two rounds, the second of which
/// finds nothing.
const MAX_ROUNDS: usize = 6;

/// A kind of edit.
struct Pass {
    /// As messages and figures name it.
    name: &'static str,
    /// What it would change.
    edits: fn(&Look<'_>) -> Vec<Edit>,
    /// Places in whose order or words it has a say; all others say the same before and after.
    own: fn(&Look<'_>) -> Vec<Span>,
}

/// Every kind of edit, in the order in which they run: what moves text before what pads it.
static PASSES: &[Pass] = &[
    Pass { name: "line ends", edits: line_ends::edits, own: nothing },
    Pass { name: "blank lines", edits: blank_lines::edits, own: nothing },
    Pass { name: "boxes", edits: boxes::edits, own: nothing },
    Pass { name: "list numbers", edits: numbers::edits, own: nothing },
    Pass { name: "contents list", edits: contents::edits, own: contents::own },
    Pass { name: "change log", edits: log_order::edits, own: log_order::own },
    Pass { name: "tables", edits: tables::edits, own: nothing },
];

/// A text as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// The kinds of edits that changed it, each once, in the order of the passes.
    pub changed: Vec<&'static str>,
}

/// Why a text stays as it is: a fault of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The kind of edit that is wrong.
    pub pass: &'static str,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a kind of edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its edits overlap.
    Overlap,
    /// The text would say something else.
    Meaning,
    /// It finds work again and again.
    Endless,
}

/// Formats a document. What comes out is formatted: formatting it again changes nothing.
pub fn format(source: &Source) -> Result<Formatted, Refused> {
    let mut changed = Vec::new();
    let mut current = source.clone();
    let mut last = "";
    for _ in 0..MAX_ROUNDS {
        let mut is_done = true;
        for pass in PASSES {
            if let Some(next) = run(pass, &current)? {
                current = next;
                (is_done, last) = (false, pass.name);
                changed.push(pass.name);
            }
        }
        if is_done {
            let is_in = |pass: &&Pass| changed.contains(&pass.name);
            let changed = PASSES.iter().filter(is_in).map(|it| it.name).collect();
            return Ok(Formatted { text: current.text().to_owned(), changed });
        }
    }
    Err(Refused { pass: last, reason: Reason::Endless })
}

/// The text after a pass; `None` where it changes nothing.
fn run(pass: &Pass, source: &Source) -> Result<Option<Source>, Refused> {
    let look = Look::new(source);
    let mut edits = (pass.edits)(&look);
    edits.retain(|edit| !look.is_off(edit.span) && source.slice(edit.span) != edit.text);
    if edits.is_empty() {
        return Ok(None);
    }
    let refused = |reason| Refused { pass: pass.name, reason };
    let text = apply(source.text(), &edits).map_err(|_| refused(Reason::Overlap))?;
    let next = Source::new(source.path(), &text);
    let says_the_same = meaning::same(&look, &Look::new(&next), pass.own);
    if says_the_same { Ok(Some(next)) } else { Err(refused(Reason::Meaning)) }
}

/// A pass that leaves all words where they are.
fn nothing(_: &Look<'_>) -> Vec<Span> {
    Vec::new()
}

#[cfg(test)]
mod tests;
