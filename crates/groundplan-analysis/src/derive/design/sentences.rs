//! The design's text sentence by sentence.

use groundplan_syntax::{Kind, Span};

use super::Design;

/// A sentence, an item or a cell.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    /// The bold label of its item, in the design's words.
    pub(crate) label: Option<String>,
    pub(crate) span: Span,
}

impl Design<'_> {
    /// Every sentence of paragraphs and items, in order.
    pub(crate) fn sentences(&self) -> Vec<Sentence> {
        let mut found = Vec::new();
        for node in self.tree.descendants(self.tree.root()) {
            let span = match self.tree.kind(node) {
                Kind::Paragraph => self.tree.span(node),
                Kind::Item => self.own_text(node),
                Kind::Fence { info, content, .. } if info.is_empty() => {
                    self.steps(content, &mut found);
                    continue;
                }
                _ => continue,
            };
            self.cut(span, &mut found);
        }
        found.sort_by_key(|it| it.span);
        found.dedup_by(|one, other| other.span.contains(one.span));
        found
    }

    /// The text of an item whose words stand in it without a paragraph.
    fn own_text(&self, item: groundplan_syntax::NodeId) -> Span {
        let blocks = |kind| {
            matches!(kind, Kind::List { .. } | Kind::Fence { .. } | Kind::Table | Kind::Paragraph)
        };
        let children = self.tree.children(item).take_while(|it| !blocks(self.tree.kind(*it)));
        let children = children.filter(|it| !matches!(self.tree.kind(*it), Kind::TaskMarker(_)));
        children.map(|it| self.tree.span(it)).reduce(Span::join).unwrap_or_default()
    }

    /// The numbered lines of a block without a language: steps of an algorithm.
    fn steps(&self, content: Span, found: &mut Vec<Sentence>) {
        let mut at = content.start as usize;
        for line in self.document.source.slice(content).split_inclusive('\n') {
            let step = line.trim_start().split_once(". ").filter(|(number, _)| {
                !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
            });
            if let Some((_, words)) = step {
                let span = Span::new(at + line.len() - words.len(), at + line.trim_end().len());
                found.push(Sentence { text: words.trim_end().to_owned(), label: None, span });
            }
            at += line.len();
        }
    }

    fn cut(&self, block: Span, found: &mut Vec<Sentence>) {
        let text = self.document.source.slice(block);
        let (label, from) = label_of(text);
        let mut start = from;
        for end in ends(text, from) {
            let span = Span::new(block.start as usize + start, block.start as usize + end);
            let words = self.words(span);
            if words.len() > 2 {
                found.push(Sentence { text: words, label: label.clone(), span });
            }
            start = end;
        }
    }
}

/// `**Timeout**: 2 s` is labelled, and so is `- Timeout: 2 s`.
fn label_of(text: &str) -> (Option<String>, usize) {
    let bold = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
    if let Some((label, rest)) = bold {
        let after = rest.trim_start_matches([':', ' ']);
        let label = label.trim_end_matches(':').trim();
        return (Some(label.to_owned()), text.len() - after.len());
    }
    let plain = text.split_once(": ").filter(|(label, _)| {
        label.len() < 30 && label.split(' ').count() <= 3 && !label.contains(['.', '`', '\n'])
    });
    plain.map_or((None, 0), |(label, rest)| (Some(label.to_owned()), text.len() - rest.len()))
}

/// Where sentences end: after a full stop or a semicolon before a blank, and at the end.
fn ends(text: &str, from: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let bytes = text.as_bytes();
    let mut code = false;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        let blank_next = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b'`' => code = !code,
            b'.' | b';' | b'!' | b'?' if blank_next && !code && !is_short(text, at) => {
                ends.push(at + 1);
            }
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => ends.push(at + 1),
            _ => {}
        }
    }
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    ends
}

/// `e.g.` and `etc.` end no sentence.
fn is_short(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    ["e.g", "i.e", "etc", "vs", "approx", " no"].iter().any(|it| before.ends_with(it))
}
