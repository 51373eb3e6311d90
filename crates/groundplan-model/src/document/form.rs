//! The form that a fact was read from, for every place of a document.

#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::Document;
use crate::Certainty;

/// The form that a fact was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Form {
    /// A row of a table.
    Table,
    /// An item of a list.
    Bullet,
    /// A heading.
    Heading,
    /// `**HTTP Method:** …` and `**Path:** …` on lines of their own.
    Lines,
    /// A fenced block.
    Fence,
    /// A sentence.
    Prose,
    /// A quote block.
    Quote,
    /// The YAML at the top.
    FrontMatter,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 8] = [
        Self::Table,
        Self::Bullet,
        Self::Heading,
        Self::Lines,
        Self::Fence,
        Self::Prose,
        Self::Quote,
        Self::FrontMatter,
    ];

    /// The form's name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Bullet => "bullet",
            Self::Heading => "heading",
            Self::Lines => "lines",
            Self::Fence => "fence",
            Self::Prose => "prose",
            Self::Quote => "quote",
            Self::FrontMatter => "front_matter",
        }
    }

    /// How sure a fact is that is read from this form and says nothing else of itself: a sentence is
    /// made for people, every other form for facts.
    pub fn certainty(self) -> Certainty {
        match self {
            Self::Prose => Certainty::Inferred,
            _ => Certainty::Stated,
        }
    }
}

/// The forms of a document's blocks: where each begins, in order. Between them is running text.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    starts: Vec<(u32, Option<Form>)>,
    /// Blocks around the last one, with their ends.
    open: Vec<(u32, Form)>,
}

impl Forms {
    /// Adds a block. Blocks come in the order of their starts, outer ones first.
    pub(crate) fn add(&mut self, span: Span, form: Form) {
        self.close(span.start);
        self.starts.push((span.start, Some(form)));
        self.open.push((span.end, form));
    }

    /// Ends the blocks that end before `at`.
    pub(crate) fn close(&mut self, at: u32) {
        while let Some((end, _)) = self.open.pop_if(|(end, _)| *end <= at) {
            self.starts.push((end, self.open.last().map(|(_, form)| *form)));
        }
    }

    /// Blocks of `form`, each up to where another block begins.
    fn of(&self, form: Form) -> impl Iterator<Item = Span> {
        let blocks = self.starts.iter().zip(self.starts.iter().skip(1));
        blocks
            .filter(move |((_, it), _)| *it == Some(form))
            .map(|((start, _), (end, _))| Span { start: *start, end: *end })
    }

    fn at(&self, offset: u32) -> Option<Form> {
        let after = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts.get(after.checked_sub(1)?)?.1
    }
}

impl Document {
    /// Blocks of code, fence lines included, in order; indented blocks are among them.
    pub fn code_blocks(&self) -> impl Iterator<Item = Span> {
        self.forms.of(Form::Fence)
    }

    /// The form of what stands at `span`: that of the innermost block around its beginning.
    pub fn form_of(&self, span: Span) -> Form {
        self.forms.at(span.start).unwrap_or_else(|| self.form_of_text(span.start))
    }

    /// A line of running text that begins with a bold label is a field, any other one a sentence.
    fn form_of_text(&self, offset: u32) -> Form {
        let line = self.source.slice(self.source.line_of(offset as usize));
        let label = line.trim_start().strip_prefix("**").and_then(|it| it.split_once("**"));
        let is_label = |(label, rest): (&str, &str)| {
            label.trim_end().ends_with(':') || rest.trim_start().starts_with(':')
        };
        if label.is_some_and(is_label) { Form::Lines } else { Form::Prose }
    }
}
