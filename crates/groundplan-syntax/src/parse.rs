//! Text to [`Tree`], by pulldown-cmark, with the two repairs that real documents need: front matter
//! and nested fences.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::tree::Node;
use crate::{Kind, Problem, ProblemKind, Source, Span, Tree, fences, front_matter};

/// Nesting deeper than this is cut: its text stays, its structure does not. Real documents stay
/// below ten.
const MAX_DEPTH: usize = 200;

/// Parses a whole document. Never fails.
pub fn parse(source: &Source) -> Tree {
    let text = source.text();
    let mut builder = Builder::new(text);
    // A byte order mark is no letter: a heading may begin right behind it.
    let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
    if let Some(found) = front_matter::find(text) {
        builder.leaf(Kind::FrontMatter(found.content), found.span);
        at = found.span.end as usize;
    }
    for fence in fences::find_nested(text) {
        let (start, end) = (fence.span.start as usize, fence.span.end as usize);
        if start < at {
            continue;
        }
        builder.markdown(at..start);
        let kind = Kind::Fence { info: fence.info, content: fence.content, closed: true };
        builder.leaf(kind, fence.span);
        builder.tree.problems.push(Problem {
            kind: ProblemKind::NestedFence,
            span: Span::new(start, fence.info.end as usize),
            related: Some(fence.first_inner),
        });
        at = end;
    }
    builder.markdown(at..text.len());
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    tree: Tree,
    open: Vec<Open>,
    skipped: usize,
}

/// A node whose children are being read.
struct Open {
    id: u32,
    /// Where its last child ended.
    done: u32,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let mut tree = Tree::default();
        // A node for 12 bytes of text is what design documents average; growing costs a copy.
        tree.nodes.reserve(text.len() / 12 + 8);
        let span = Span::new(0, text.len());
        tree.nodes.push(Node { kind: Kind::Document, span, end: 1 });
        Self { text, tree, open: vec![Open { id: 0, done: 0 }], skipped: 0 }
    }

    fn finish(mut self) -> Tree {
        while self.open.pop().map(|it| self.seal(it.id)).is_some() {}
        self.tree
    }

    fn markdown(&mut self, range: std::ops::Range<usize>) {
        let Some(part) = self.text.get(range.clone()) else { return };
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
        for (event, span) in Parser::new_ext(part, options).into_offset_iter() {
            let span = Span::new(range.start + span.start, range.start + span.end);
            self.event(event, span);
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) => self.leaf(Kind::Code(self.code_content(span)), span),
            Event::Html(_) => {}
            Event::InlineHtml(_) => self.leaf(Kind::InlineHtml, span),
            Event::SoftBreak | Event::HardBreak => self.leaf(Kind::Break, span),
            Event::Rule => self.leaf(Kind::Rule, span),
            Event::TaskListMarker(done) => self.task_marker(Kind::TaskMarker(done), span),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {
                self.leaf(Kind::Text, span);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if self.open.len() > MAX_DEPTH {
            self.skipped += 1;
            return;
        }
        let kind = match tag {
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.fence(span),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::IndentedCode,
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::HtmlBlock,
            Tag::List(first) => Kind::List { ordered: first.is_some() },
            Tag::Item => Kind::Item,
            Tag::Table(_) => Kind::Table,
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { dest_url, .. } => Kind::Link(self.target(&dest_url)),
            Tag::Image { dest_url, .. } => Kind::Image(self.target(&dest_url)),
            _ => Kind::Paragraph,
        };
        let span = if kind == Kind::TableCell { self.trim(span) } else { span };
        self.begin(kind, span);
    }

    fn end(&mut self, _tag: TagEnd) {
        if self.skipped > 0 {
            self.skipped -= 1;
        } else if self.open.len() > 1
            && let Some(it) = self.open.pop()
        {
            self.seal(it.id);
        }
    }

    fn text(&mut self, text: &CowStr<'_>, span: Span) {
        // Code content is one span of the fence, so its lines need no nodes.
        let parent = self.open.last().and_then(|it| self.tree.nodes.get(it.id as usize));
        if parent.is_some_and(|it| matches!(it.kind, Kind::Fence { .. } | Kind::IndentedCode)) {
            return;
        }
        if !self.is_verbatim(text, span) {
            let id = Span::at(self.tree.nodes.len()).start;
            self.tree.cooked.push((id, text.as_ref().into()));
        }
        self.leaf(Kind::Text, span);
    }

    /// Whether the parser's text is that of the source. Mostly it is a piece of it, and nothing has
    /// to be compared.
    fn is_verbatim(&self, text: &str, span: Span) -> bool {
        self.text.get(span.range()).is_some_and(|own| std::ptr::eq(own, text) || own == text)
    }

    fn fence(&mut self, span: Span) -> Kind {
        let text = self.text.get(span.range()).unwrap_or("");
        let start = span.start as usize;
        let first = text.find('\n').map_or(text.len(), |at| at + 1);
        let marker = text.bytes().next().unwrap_or(b'`');
        let length = text.bytes().take_while(|byte| *byte == marker).count();
        let info = text.get(length..first).unwrap_or("");
        let indent = info.len() - info.trim_start().len();
        let info_start = start + length + indent;
        let trimmed = text.trim_end();
        let last = trimmed.rfind('\n').map_or(0, |at| at + 1);
        // Inside a quote or a list the closing line still carries its container's prefix.
        let closing = trimmed.get(last..).unwrap_or("").trim_start_matches([' ', '\t', '>']);
        let closed =
            last >= first && closing.len() >= length && closing.bytes().all(|byte| byte == marker);
        if !closed {
            let span = Span::new(start, start + first.min(text.len()));
            let kind = ProblemKind::UnclosedFence;
            self.tree.problems.push(Problem { kind, span, related: None });
        }
        let content_end = if closed { last } else { text.len().max(first) };
        Kind::Fence {
            info: Span::new(info_start, info_start + info.trim().len()),
            content: Span::new(start + first, start + content_end),
            closed,
        }
    }

    /// One blank falls off each end where both have one and it isn't blank throughout (CommonMark
    /// 6.1); a line end counts as a blank.
    fn code_content(&self, span: Span) -> Span {
        let raw = self.text.get(span.range()).unwrap_or("");
        let ticks = raw.bytes().take_while(|byte| *byte == b'`').count();
        let inner = raw.get(ticks..raw.len().saturating_sub(ticks)).unwrap_or("");
        let blank = [' ', '\n', '\r'];
        let is_padded = inner.starts_with(blank) && inner.ends_with(blank);
        let pad = usize::from(is_padded && !inner.trim_matches(blank).is_empty());
        let start = span.start as usize + ticks + pad;
        Span::new(start, start + inner.len().saturating_sub(2 * pad))
    }

    /// Blanks of Markdown only: a no-break space or a line separator is part of the cell's text.
    fn trim(&self, span: Span) -> Span {
        let raw = self.text.get(span.range()).unwrap_or("");
        let start = span.start as usize + (raw.len() - raw.trim_ascii_start().len());
        Span::new(start, start + raw.trim_ascii().len())
    }

    fn target(&mut self, url: &CowStr<'_>) -> u32 {
        self.tree.targets.push(url.to_string());
        Span::at(self.tree.targets.len() - 1).start
    }

    fn leaf(&mut self, kind: Kind, span: Span) {
        let _ = self.push(kind, span);
    }

    /// In a loose list the parser opens the paragraph first, though its span begins behind the box.
    /// The box is then the item's own, as it is in a tight list.
    fn task_marker(&mut self, kind: Kind, span: Span) {
        let paragraph = self.tree.nodes.pop_if(|node| span.end <= node.span.start);
        if paragraph.is_some() {
            self.open.pop();
            if let Some(item) = self.open.last_mut() {
                item.done = span.start;
            }
        }
        self.leaf(kind, span);
        if let Some(paragraph) = paragraph {
            self.begin(paragraph.kind, paragraph.span);
        }
    }

    /// A node whose children follow.
    fn begin(&mut self, kind: Kind, span: Span) {
        let id = Span::at(self.tree.nodes.len()).start;
        let span = self.push(kind, span);
        self.open.push(Open { id, done: span.start });
    }

    /// The parser counts a tab that two items share to both of them, or to the inner one alone: the
    /// later one then begins where the earlier one ends, and the outer one ends where the inner does.
    fn push(&mut self, kind: Kind, span: Span) -> Span {
        let done = self.open.last().map_or(0, |it| it.done);
        let start = span.start.max(done);
        let span = Span { start, end: span.end.max(start) };
        for outer in self.open.iter_mut().rev() {
            let is_inside = outer.done >= span.end;
            outer.done = outer.done.max(span.end);
            let Some(node) = self.tree.nodes.get_mut(outer.id as usize) else { break };
            if is_inside || node.span.end >= span.end {
                break;
            }
            node.span.end = span.end;
        }
        let end = Span::at(self.tree.nodes.len() + 1).start;
        self.tree.nodes.push(Node { kind, span, end });
        span
    }

    fn seal(&mut self, id: u32) {
        let end = Span::at(self.tree.nodes.len()).start;
        if let Some(node) = self.tree.nodes.get_mut(id as usize) {
            node.end = end;
        }
    }
}
