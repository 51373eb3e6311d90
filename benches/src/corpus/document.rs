//! One document: what it is about, and which sections it has.

use super::sections::{self, Section};
use super::words::{AREAS, COLUMNS, NOUNS, PREDICATES, REASONS, SUBJECTS, VERBS};
use crate::random::Random;

/// A document has at least this many bytes.
const SIZE: usize = 14_400;

/// The kinds of documents of a feature: the file's name, the heading's last words, the sections.
static KINDS: [(&str, &str, &[Section]); 5] = [
    ("requirements", "Requirements", sections::REQUIREMENTS),
    ("specification", "Specification", sections::SPECIFICATION),
    ("design", "Technical Design", sections::DESIGN),
    ("component", "Component Design", sections::COMPONENT),
    ("implementation", "Implementation", sections::IMPLEMENTATION),
];

/// A document that is being written.
pub(super) struct Document {
    pub(super) random: Random,
    /// `invoice`
    pub(super) noun: &'static str,
    /// Name, SQL type and JSON example of each column.
    pub(super) columns: Vec<(&'static str, &'static str, &'static str)>,
    pub(super) text: String,
    feature: usize,
    kind: usize,
}

impl Document {
    pub(super) fn new(index: usize) -> Self {
        let (feature, kind) = (index / KINDS.len(), index % KINDS.len());
        let mut random = Random::new(seed(feature, 99));
        let noun = random.pick(&NOUNS);
        let columns = columns(noun, random.once_in(50));
        Self {
            random: Random::new(seed(feature, kind)),
            noun,
            columns,
            text: String::new(),
            feature,
            kind,
        }
    }

    /// `billing/00042-invoice-replay/design.md`
    pub(super) fn path(&self) -> String {
        path(self.feature, self.kind)
    }

    /// The whole document.
    pub(super) fn text(mut self) -> String {
        let (_, title, parts) = self.kind();
        let name = self.name();
        self.line(&format!("# {name}: {title}\n"));
        sections::header(&mut self);
        for part in parts {
            part(&mut self);
        }
        let mut number = 1;
        while self.text.len() < SIZE {
            self.line(&format!("\n### Consideration {number}\n"));
            self.prose(3, 5);
            sections::list(&mut self);
            number += 1;
        }
        sections::changes(&mut self);
        self.text
    }

    fn kind(&self) -> (&'static str, &'static str, &'static [Section]) {
        KINDS.get(self.kind).copied().unwrap_or(("", "", &[]))
    }

    /// `Invoice Replay`
    pub(super) fn name(&self) -> String {
        let verb = Random::new(seed(self.feature, 98)).pick(&VERBS);
        format!("{} {}", capital(self.noun), capital(verb))
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.line(&format!("\n{heading}\n"));
    }

    /// A block of code.
    pub(super) fn fence(&mut self, language: &str, content: &str) {
        self.line(&format!("\n```{language}\n{}\n```", content.trim_end()));
    }

    pub(super) fn sentence(&mut self) -> String {
        let subject = self.random.pick(&SUBJECTS);
        let predicate = self.random.pick(&PREDICATES);
        format!("{subject} {predicate}, {}.", self.random.pick(&REASONS))
    }

    /// A paragraph.
    pub(super) fn prose(&mut self, least: usize, most: usize) {
        let sentences: Vec<String> =
            (0..self.random.between(least, most)).map(|_| self.sentence()).collect();
        self.line(&sentences.join(" "));
    }

    /// A link to another document: of this feature, or of an earlier one.
    pub(super) fn link(&mut self) -> String {
        let is_own = self.feature == 0 || self.random.once_in(2);
        let feature = if is_own { self.feature } else { self.random.below(self.feature) };
        let kind = self.random.below(if is_own { self.kind + 1 } else { KINDS.len() });
        let end = if self.random.once_in(200) { "-old.md" } else { ".md" };
        let path = path(feature, kind);
        let path = path.strip_suffix(".md").unwrap_or(&path);
        format!("[{path}](../../{path}{end})")
    }
}

/// The columns of a noun's table: the same in all documents, unless this one `differs`.
fn columns(noun: &str, differs: bool) -> Vec<(&'static str, &'static str, &'static str)> {
    let letters: usize = noun.bytes().map(usize::from).sum();
    let first = letters + usize::from(differs);
    COLUMNS.iter().cycle().skip(first % COLUMNS.len()).take(4 + letters % 5).copied().collect()
}

fn path(feature: usize, kind: usize) -> String {
    let mut random = Random::new(seed(feature, 99));
    let noun = random.pick(&NOUNS);
    let verb = Random::new(seed(feature, 98)).pick(&VERBS);
    let area = AREAS.get(feature % AREAS.len()).copied().unwrap_or_default();
    let name = KINDS.get(kind).map_or("", |(name, _, _)| name);
    format!("{area}/{feature:05}-{noun}-{verb}/{name}.md")
}

fn seed(feature: usize, kind: usize) -> u64 {
    u64::try_from(feature * 100 + kind).unwrap_or(0)
}

/// `invoice` as `Invoice`.
pub(super) fn capital(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!("{}{rest}", first.to_ascii_uppercase())
}
