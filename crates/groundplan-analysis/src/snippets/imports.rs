//! What a block of code imports.

use groundplan_syntax::Span;

use super::definitions::lines;
use super::{Language, Snippet};

/// A module that a block of code imports.
#[derive(Clone, Debug)]
pub(crate) struct Import<'a> {
    /// The module as written: `src.orders.models`, `./models/order`, `encoding/json`.
    pub(crate) module: &'a str,
    pub(crate) span: Span,
    /// The number of its block.
    pub(crate) snippet: usize,
}

/// What the block number `at` imports.
pub(super) fn of<'a>(at: usize, snippet: &Snippet<'a>) -> Vec<Import<'a>> {
    match snippet.language {
        Language::Python => {
            lines(&snippet.code).filter_map(|line| python(at, snippet, line)).collect()
        }
        Language::Script => {
            lines(&snippet.code).filter_map(|line| script(at, snippet, line)).collect()
        }
        _ => Vec::new(),
    }
}

/// `from src.orders import Order`, `import json as j`.
fn python<'a>(
    at: usize,
    snippet: &Snippet<'a>,
    (start, line): (usize, &str),
) -> Option<Import<'a>> {
    let body = line.trim_start();
    let rest = body.strip_prefix("from ").or_else(|| body.strip_prefix("import "))?;
    let len = rest.find(|c: char| !(c.is_alphanumeric() || "_.".contains(c)))?;
    let from = start + line.len() - rest.len();
    let module = snippet.text.get(from..from + len).filter(|it| !it.is_empty())?;
    Some(Import { module, span: snippet.span(from, from + len), snippet: at })
}

/// `import { Order } from './order';`: the quotes are left of the string in masked code.
fn script<'a>(
    at: usize,
    snippet: &Snippet<'a>,
    (start, line): (usize, &str),
) -> Option<Import<'a>> {
    let is_import = line.starts_with("import ") || line.starts_with("} from ");
    let from = line.rfind(['"', '\'']).filter(|_| is_import)?;
    let open = line.get(..from)?.rfind(['"', '\''])? + 1;
    let module = snippet.text.get(start + open..start + from)?;
    Some(Import { module, span: snippet.span(start + open, start + from), snippet: at })
}
