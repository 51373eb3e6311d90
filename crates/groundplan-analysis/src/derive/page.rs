//! The derived document as it grows: headings, tables, citations of the design and questions.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeSet;

use groundplan_model::Document;
use groundplan_model::paths::{link_encode, relative};
use groundplan_model::provenance::SourceRef;

use super::Options;

/// A Markdown text in the making, and which sections of the design it cites.
pub(crate) struct Page<'a> {
    text: String,
    design: &'a Document,
    link: String,
    cited: RefCell<BTreeSet<String>>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(design: &'a Document, options: &Options<'_>) -> Self {
        let link = link_encode(&relative(options.path, design.source.path()));
        Self { text: String::new(), design, link, cited: RefCell::default() }
    }

    /// A heading with an empty line around it.
    pub(crate) fn heading(&mut self, level: usize, title: &str) {
        self.gap_before();
        self.text.push_str(&format!("{} {title}\n", "#".repeat(level)));
    }

    /// A paragraph.
    pub(crate) fn say(&mut self, words: &str) {
        self.gap_before();
        self.text.push_str(words.trim_end());
        self.text.push('\n');
    }

    /// `**Label**: words`, as a paragraph.
    pub(crate) fn field(&mut self, label: &str, words: &str) {
        self.say(&format!("**{label}**: {words}"));
    }

    /// A list; nothing where there are no items.
    pub(crate) fn list(&mut self, items: &[String]) {
        self.block(items.iter().map(|item| format!("- {item}")));
    }

    /// A numbered list.
    pub(crate) fn steps(&mut self, items: &[String]) {
        self.block(items.iter().enumerate().map(|(at, item)| format!("{}. {item}", at + 1)));
    }

    /// A fenced block.
    pub(crate) fn fence(&mut self, language: &str, code: &str) {
        self.gap_before();
        let mut marks = "```".to_owned();
        while code.contains(&marks) {
            marks.push('`');
        }
        self.text.push_str(&format!("{marks}{language}\n{}\n{marks}\n", code.trim_end()));
    }

    /// A table; nothing where there are no rows. Cells are escaped here.
    pub(crate) fn table(&mut self, titles: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let rule: Vec<String> = titles.iter().map(|it| "-".repeat(it.len().max(3))).collect();
        self.gap_before();
        self.text.push_str(&format!("| {} |\n|-{}-|\n", titles.join(" | "), rule.join("-|-")));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            self.text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
    }

    /// A link to the section of the design in which `offset` lies.
    pub(crate) fn cite(&self, offset: u32) -> String {
        let Some(section) = self.design.section_at(offset) else {
            return format!("[the design]({})", self.link);
        };
        self.cited.borrow_mut().insert(section.anchor.clone());
        let title = section.title.text.replace(['[', ']', '|', '`'], "");
        format!("[{}]({}#{})", title.trim(), self.link, link_encode(&section.anchor))
    }

    /// As [`Page::cite`], for a comment in code.
    pub(crate) fn cite_plain(&self, offset: u32) -> String {
        let Some(section) = self.design.section_at(offset) else { return self.link.clone() };
        self.cited.borrow_mut().insert(section.anchor.clone());
        format!("{}#{}", self.link, section.anchor)
    }

    /// The design's own link.
    pub(crate) fn design_link(&self) -> &str {
        &self.link
    }

    /// The text, and the section digests of what it cites.
    pub(crate) fn finish(self) -> (String, SourceRef) {
        let cited = self.cited.into_inner();
        let path = groundplan_model::paths::percent_decode(&self.link);
        let source = SourceRef::of(&path, self.design, |it| cited.contains(&it.anchor));
        (self.text, source)
    }

    fn block(&mut self, lines: impl Iterator<Item = String>) {
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            self.say(&lines.join("\n"));
        }
    }

    fn gap_before(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// A question that the design leaves open, in the form that the placeholder reader knows.
pub(crate) fn gap(question: &str) -> String {
    let plain = question.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("[TBD: {}]", plain.replace('[', "(").replace(']', ")"))
}

/// The words, or the question where there are none.
pub(crate) fn or_gap(words: Option<&str>, question: &str) -> String {
    let words = words.map(str::trim).filter(|it| !it.is_empty() && !matches!(*it, "-" | "–" | "—"));
    words.map_or_else(|| gap(question), str::to_owned)
}

/// The words of a text of the design without its links: their targets are written from there.
pub(crate) fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((_, behind)) = after.split_once(')') else { break };
        match before.rfind('[') {
            Some(open) => {
                plain.push_str(before.get(..open).unwrap_or(""));
                plain.push_str(before.get(open + 1..).unwrap_or(""));
            }
            None => plain.push_str(before),
        }
        rest = behind;
    }
    plain + rest
}

/// On one line, and without a bar that would end the cell.
fn escaped(cell: &str) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = String::with_capacity(line.len());
    let mut before = ' ';
    for c in line.chars() {
        if c == '|' && before != '\\' {
            text.push('\\');
        }
        text.push(c);
        before = c;
    }
    if text.is_empty() { "-".to_owned() } else { text }
}
