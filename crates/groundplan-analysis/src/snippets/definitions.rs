//! Functions and types that a block of code defines.

use std::ops::Range;

use groundplan_syntax::Span;

use super::{Language, Snippet};

/// What is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Type,
    Function,
}

/// A function or a type that a block of code defines.
#[derive(Clone, Debug)]
pub(crate) struct Definition<'a> {
    pub(crate) sort: Sort,
    pub(crate) name: &'a str,
    /// The type that a method belongs to; of a type in Python, what it is derived from.
    pub(crate) owner: Option<&'a str>,
    /// What stands in the brackets behind the name.
    pub(crate) params: &'a str,
    /// The type of the answer; empty where none is stated.
    pub(crate) result: &'a str,
    pub(crate) is_async: bool,
    /// Where the name stands in the document.
    pub(crate) span: Span,
    /// The body's place in the block's text; empty where it is not looked for.
    pub(crate) body: Range<usize>,
    /// The number of its block.
    pub(crate) snippet: usize,
}

/// What the block number `at` defines.
pub(super) fn of<'a>(at: usize, snippet: &Snippet<'a>) -> Vec<Definition<'a>> {
    match snippet.language {
        Language::Python => python(at, snippet),
        Language::Script => lines(&snippet.code).filter_map(|it| script(at, snippet, it)).collect(),
        Language::Go => lines(&snippet.code).filter_map(|it| go(at, snippet, it)).collect(),
        _ => Vec::new(),
    }
}

/// Lines with their places.
pub(crate) fn lines(code: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let mut at = 0;
    code.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}

/// By indentation: a line that stands less far in ends what is open, save inside of brackets.
fn python<'a>(at: usize, snippet: &Snippet<'a>) -> Vec<Definition<'a>> {
    let mut found: Vec<Definition<'a>> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    for (start, line) in lines(&snippet.code) {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let is_inside = depth > 0 || body.is_empty();
        depth = depth_after(line, depth);
        if is_inside {
            continue;
        }
        while let Some((_, closed)) = open.pop_if(|(outer, _)| *outer >= indent) {
            end_body(&mut found, closed, start);
        }
        let owner = open.last().and_then(|(_, it)| found.get(*it));
        let is_local = owner.is_some_and(|it| it.sort == Sort::Function);
        let Some(mut definition) = python_line(at, snippet, start + indent, body) else { continue };
        if definition.sort == Sort::Function {
            definition.owner = owner.map(|it| it.name);
        }
        open.push((indent, found.len()));
        if is_local {
            // A local function is nobody else's: its place keeps the bodies apart, no more.
            definition.owner = Some("");
        }
        found.push(definition);
    }
    let end = snippet.text.len();
    open.into_iter().for_each(|(_, closed)| end_body(&mut found, closed, end));
    found
}

fn end_body(found: &mut [Definition<'_>], closed: usize, end: usize) {
    if let Some(definition) = found.get_mut(closed) {
        definition.body.end = end.max(definition.body.start);
    }
}

fn depth_after(line: &str, depth: usize) -> usize {
    line.bytes().fold(depth, |depth, byte| match byte {
        b'(' | b'[' | b'{' => depth + 1,
        b')' | b']' | b'}' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// `class Orders(Base):`, `async def place(self, order: Order) -> Receipt:`.
fn python_line<'a>(
    at: usize,
    snippet: &Snippet<'a>,
    start: usize,
    body: &str,
) -> Option<Definition<'a>> {
    let (is_async, rest) = strip(body, "async ");
    let (is_class, rest) = strip(rest, "class ");
    let (is_function, rest) = strip(rest, "def ");
    if !is_class && !is_function {
        return None;
    }
    let name_at = start + body.len() - rest.len();
    let head = head(snippet, name_at)?;
    let after = head.after;
    let tail = snippet.code.get(after..)?;
    let colon = tail.find([':', '\n']).unwrap_or(tail.len());
    let result = snippet.text.get(after..after + result_len(tail, colon))?.trim();
    let sort = if is_class { Sort::Type } else { Sort::Function };
    let result = result.strip_prefix("->").unwrap_or("").trim();
    let owner = is_class.then_some(head.params);
    let body = after + colon..snippet.text.len();
    let (name, params, span) = (head.name, head.params, head.span);
    Some(Definition { sort, name, owner, params, result, is_async, span, body, snippet: at })
}

/// The colon that ends a signature stands behind the brackets of its type.
fn result_len(tail: &str, colon: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in tail.bytes().enumerate() {
        match byte {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            b':' | b'\n' if depth == 0 => return at,
            _ => {}
        }
    }
    colon
}

/// A name, with the brackets behind it where there are some.
struct Head<'a> {
    name: &'a str,
    params: &'a str,
    span: Span,
    /// Where the head ends in the text.
    after: usize,
}

fn head<'a>(snippet: &Snippet<'a>, at: usize) -> Option<Head<'a>> {
    let text = snippet.text;
    let rest = snippet.code.get(at..)?;
    let len = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
    let name = text.get(at..at + len).filter(|it| !it.is_empty())?;
    let span = snippet.span(at, at + len);
    let Some(params) = rest.get(len..).filter(|it| it.starts_with('(')) else {
        return Some(Head { name, params: "", span, after: at + len });
    };
    let close = closing(params)?;
    let open = at + len;
    Some(Head { name, params: text.get(open + 1..open + close)?, span, after: open + close + 1 })
}

pub(crate) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the bracket that `code` begins with is closed.
pub(crate) fn closing(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 1 => return Some(at),
            b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// `export async function place(order: Order): Promise<Receipt> {`, at the margin.
fn script<'a>(
    at: usize,
    snippet: &Snippet<'a>,
    (start, line): (usize, &str),
) -> Option<Definition<'a>> {
    let rest = strip(strip(line, "export ").1, "default ").1;
    let (is_async, rest) = strip(rest, "async ");
    let rest = rest.strip_prefix("function ")?;
    let head = head(snippet, start + line.len() - rest.len())?;
    let tail = snippet.code.get(head.after..)?;
    let end = tail.find('\n').unwrap_or(tail.len());
    let result = snippet.text.get(head.after..head.after + end)?.trim();
    let result = result.strip_prefix(':').unwrap_or("").trim_end_matches(['{', ';', ' ']).trim();
    let (name, params, span) = (head.name, head.params, head.span);
    let (sort, owner, body) = (Sort::Function, None, 0..0);
    Some(Definition { sort, name, owner, params, result, is_async, span, body, snippet: at })
}

/// `func (s *Store) Place(order Order) (Receipt, error) {`.
fn go<'a>(
    at: usize,
    snippet: &Snippet<'a>,
    (start, line): (usize, &str),
) -> Option<Definition<'a>> {
    let rest = line.strip_prefix("func ")?;
    let mut name_at = start + line.len() - rest.len();
    let mut owner = None;
    if rest.starts_with('(') {
        let close = closing(rest)?;
        let receiver = rest.get(1..close)?.rsplit([' ', '*']).next()?;
        owner = snippet.text.get(name_at..name_at + close)?.rsplit([' ', '*', '(']).next();
        owner = owner.filter(|it| it.len() == receiver.len());
        name_at += close + 1;
        name_at += snippet.code.get(name_at..)?.find(|c: char| c != ' ')?;
    }
    let head = head(snippet, name_at)?;
    let tail = snippet.code.get(head.after..)?;
    let end = tail.find('\n').unwrap_or(tail.len());
    let result =
        snippet.text.get(head.after..head.after + end)?.trim_end_matches(['{', ' ']).trim();
    let (name, params, span) = (head.name, head.params, head.span);
    let (sort, is_async, body) = (Sort::Function, false, 0..0);
    Some(Definition { sort, name, owner, params, result, is_async, span, body, snippet: at })
}

fn strip<'t>(text: &'t str, word: &str) -> (bool, &'t str) {
    text.strip_prefix(word).map_or((false, text), |rest| (true, rest.trim_start()))
}
