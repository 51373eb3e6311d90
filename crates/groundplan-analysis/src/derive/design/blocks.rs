//! The design's text by heading and label: items of lists, and the values of bold labels.

use groundplan_syntax::{Kind, NodeId, Span};

use super::Design;

/// An item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Its own words, without those of nested lists.
    pub(crate) span: Span,
}

/// A label and what follows it.
pub(crate) struct Label {
    /// Its words, in lower case and without a colon.
    title: String,
    span: Span,
    value: Span,
}

impl Design<'_> {
    /// Items of the lists that stand under a heading or a bold line that begins with one of
    /// `titles`, given in lower case.
    pub(crate) fn items(&self, titles: &[&str]) -> Vec<Item> {
        let mut found = Vec::new();
        let (mut heading, mut label) = (false, None);
        for node in self.tree.children(self.tree.root()) {
            match self.tree.kind(node) {
                Kind::Heading(_) => {
                    heading = is_one_of(&self.plain(node), titles);
                    label = None;
                }
                Kind::Paragraph => label = self.label_line(node).or(label),
                Kind::List { .. } => {
                    let wanted = label.as_ref().map_or(heading, |it| is_one_of(it, titles));
                    if wanted {
                        found.extend(self.items_of(node));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The items of one list.
    fn items_of(&self, list: NodeId) -> Vec<Item> {
        let items = self.tree.children(list).filter(|it| self.tree.kind(*it) == Kind::Item);
        items.map(|item| self.item(item)).collect()
    }

    fn item(&self, node: NodeId) -> Item {
        let mut span = Span::default();
        for child in self.tree.children(node) {
            let kind = self.tree.kind(child);
            if matches!(kind, Kind::List { .. } | Kind::Fence { .. } | Kind::Table) {
                break;
            }
            if matches!(kind, Kind::TaskMarker(_)) {
                continue;
            }
            let own = self.tree.span(child);
            span = if span.is_empty() { own } else { span.join(own) };
        }
        Item { span }
    }

    /// The bold words at the start of a block, and where they end.
    fn leading_label(&self, block: NodeId) -> Option<(String, u32)> {
        let strong = match self.tree.kind(block) {
            Kind::Strong => block,
            Kind::Paragraph => {
                let first = self.tree.children(block).next()?;
                (self.tree.kind(first) == Kind::Strong).then_some(first)?
            }
            _ => return None,
        };
        let text = self.plain(strong);
        Some((text.trim_end_matches(':').trim().to_owned(), self.tree.span(strong).end))
    }

    /// A paragraph that is a label for what follows it: `**Business Rules:**`, `Indexes:`.
    fn label_line(&self, paragraph: NodeId) -> Option<String> {
        let text = self.plain(paragraph);
        let bold = self.leading_label(paragraph).filter(|(label, _)| {
            text.trim_end_matches([':', ' ']).len() <= label.len() + 2 || text.ends_with(':')
        });
        let label = bold.map(|(label, _)| label);
        label.or_else(|| text.strip_suffix(':').filter(|it| it.len() < 60).map(str::to_owned))
    }

    /// The value of the first bold label that is one of `titles`, up to the next label or item.
    pub(crate) fn field(&self, titles: &[&str]) -> Option<(String, Span)> {
        self.fields(titles).into_iter().next()
    }

    /// As [`Design::field`], every one of them.
    pub(crate) fn fields(&self, titles: &[&str]) -> Vec<(String, Span)> {
        let labels = self.labels.get_or_init(|| self.labels());
        let named = labels.iter().filter(|it| titles.contains(&it.title.as_str()));
        let value = |it: &Label| (self.words(it.value), it.span.join(it.value));
        named.map(value).filter(|(words, _)| !words.is_empty()).collect()
    }

    /// Every bold label with what follows it, then every item that begins with a plain one.
    fn labels(&self) -> Vec<Label> {
        let mut open: Vec<Span> = Vec::new();
        let mut found = Vec::new();
        for node in self.tree.descendants(self.tree.root()) {
            let span = self.tree.span(node);
            while open.pop_if(|block| block.end <= span.start).is_some() {}
            match self.tree.kind(node) {
                Kind::Paragraph | Kind::Item | Kind::Quote => open.push(span),
                Kind::Strong => {
                    let Some(block) = open.last() else { continue };
                    let title = named(&self.plain(node));
                    let value = self.first_line(Span { start: span.end, end: block.end });
                    found.push(Label { title, span, value });
                }
                _ => {}
            }
        }
        found.extend(self.plain_labels());
        found
    }

    /// `- Timeout: 2 s`: items whose label is not bold.
    fn plain_labels(&self) -> Vec<Label> {
        let nodes = self.tree.descendants(self.tree.root());
        let items = nodes.filter(|it| self.tree.kind(*it) == Kind::Item);
        let label = |node: NodeId| {
            let span = self.item(node).span;
            let (label, _) = self.document.source.slice(span).split_once(": ")?;
            let value = Span::new(span.start as usize + label.len() + 1, span.end as usize);
            (label.len() < 60).then(|| Label { title: named(label), span, value })
        };
        items.filter_map(label).collect()
    }

    /// `rest` up to the next label, item or empty line.
    fn first_line(&self, rest: Span) -> Span {
        let rest = self.after_colon(rest);
        let text = self.document.source.slice(rest);
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let start = line.trim_start();
            let begins = ["**", "- ", "* ", "```", "|"].iter().any(|it| start.starts_with(it));
            if end > 0 && (begins || start.is_empty()) {
                break;
            }
            end += line.len();
        }
        Span::new(rest.start as usize, rest.start as usize + end)
    }

    /// `span` without a colon, dash and blanks at its start.
    fn after_colon(&self, span: Span) -> Span {
        let text = self.document.source.slice(span);
        let rest = text.trim_start_matches([':', ' ', '-', '–', '—']);
        Span::new(span.start as usize + text.len() - rest.len(), span.end as usize)
    }

    /// A node's words without markup.
    pub(crate) fn plain(&self, node: NodeId) -> String {
        self.tree.text(node, self.document.source.text()).trim().to_owned()
    }
}

/// A label as titles are compared with it.
fn named(label: &str) -> String {
    label.to_lowercase().trim_end_matches(':').trim().to_owned()
}

/// Whether `title`, without its number, begins with one of `titles`.
fn is_one_of(title: &str, titles: &[&str]) -> bool {
    let title = title.to_lowercase();
    let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    titles.iter().any(|it| title.starts_with(it))
}
