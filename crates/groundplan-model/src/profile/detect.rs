//! Which profile and kind fit a document: its path counts most, then its headings, then its header.

use super::{Classification, Kind, KindRule, Pattern, Profile};
use crate::{Document, Template};

/// A path that matches. Alone it is enough.
const PATH: usize = 100;
/// Headings of a kind: this much when all are there.
const HEADINGS: usize = 90;
/// A header key of a kind.
const HEADER: usize = 12;
/// What a document must reach to belong to a kind.
const ENOUGH: usize = 45;

/// What `document` is, by `profiles`; the first of equals wins.
pub(crate) fn detect(document: &Document, profiles: &[Profile]) -> Classification {
    let traits = Traits::of(document);
    let mut best = (0, Classification::default());
    for profile in profiles {
        let patterns = profile.patterns.iter();
        let paths: Vec<&(usize, Pattern)> =
            patterns.filter(|(_, it)| it.matches(traits.path)).collect();
        for (index, rule) in profile.kinds.iter().enumerate() {
            let path = paths.iter().find(|(kind, _)| *kind == index).map(|(_, it)| it.text());
            let (score, reasons) = traits.judge(rule, path);
            if score > best.0 {
                let profile = profile.name.clone();
                best = (score, Classification { kind: rule.kind, profile, reasons });
            }
        }
    }
    let found = if best.0 >= ENOUGH { best.1 } else { plain(&traits) };
    match by_template(document) {
        Some(made) => Classification { profile: found.profile, ..made },
        None => found,
    }
}

/// What a document is that says which built-in template it was made from.
fn by_template(document: &Document) -> Option<Classification> {
    let name = &document.provenance.as_ref()?.template.as_ref()?.name;
    let template = Template::built_in().iter().find(|it| it.name == *name)?;
    let reasons = vec![format!("made from the template `{name}`")];
    let is_known = template.kind != Kind::Other;
    is_known.then(|| Classification { kind: template.kind, profile: String::new(), reasons })
}

struct Traits<'a> {
    path: &'a str,
    title: String,
    headings: Vec<String>,
    /// The marks of all headings.
    marks: u128,
    keys: Vec<String>,
    /// The marks of all keys.
    key_marks: u128,
}

impl<'a> Traits<'a> {
    fn of(document: &'a Document) -> Self {
        let titles = document.sections.iter().map(|section| unnumbered(&section.title.text));
        let headings: Vec<String> = titles.collect();
        let keys = document.header.iter().map(|field| field.key.to_lowercase());
        let keys: Vec<String> = keys.collect();
        let title = document.title.as_ref().map_or("", |title| &title.text).to_lowercase();
        Self {
            path: document.source.path(),
            title,
            marks: headings.iter().fold(0, |all, it| all | mark(it)),
            headings,
            key_marks: keys.iter().fold(0, |all, it| all | mark(it)),
            keys,
        }
    }

    fn judge(&self, rule: &KindRule, path: Option<&str>) -> (usize, Vec<String>) {
        let mut score = 0;
        let mut reasons = Vec::new();
        if let Some(pattern) = path {
            // Of two patterns the longer one says more.
            score += PATH + pattern.len().min(60) / 4;
            reasons.push(format!("the path matches `{pattern}`"));
        }
        let known = rule.headings.iter().filter(|it| self.has(it)).count();
        // Two shared headings can be chance.
        if known >= 3 || known >= 2 && rule.headings.len() <= 4 {
            score += HEADINGS * known / rule.headings.len().max(1);
            reasons.push(format!("{known} of {} headings", rule.headings.len()));
        }
        let has_key = |it: &&String| self.key_marks & mark(it) != 0 && self.keys.contains(it);
        let keys: Vec<&String> = rule.header.iter().filter(has_key).collect();
        if !keys.is_empty() {
            score += HEADER * keys.len();
            let names: Vec<&str> = keys.iter().map(|it| it.as_str()).collect();
            reasons.push(format!("the header has {}", names.join(", ")));
        }
        (score, reasons)
    }

    fn has(&self, heading: &String) -> bool {
        self.marks & mark(heading) != 0 && self.headings.contains(heading)
    }
}

/// One bit of 128 for a heading: most headings of most profiles are told apart from a document's own
/// by it alone.
fn mark(heading: &str) -> u128 {
    let edges = heading.bytes().next().into_iter().chain(heading.bytes().next_back());
    let sum = edges.fold(heading.len(), |sum, byte| sum * 31 + usize::from(byte));
    1 << (sum % 128)
}

/// A heading without number, emoji and paragraph sign, in lower case.
fn unnumbered(title: &str) -> String {
    let start = title.find(char::is_alphabetic).unwrap_or(0);
    title.get(start..).unwrap_or(title).trim().to_lowercase()
}

/// Words of a title or a file name that tell the kind where no profile fits.
const WORDS: [(&str, Kind); 19] = [
    ("technical implementation document", Kind::ImplementationDocument),
    ("implementation document", Kind::ImplementationDocument),
    ("technical design", Kind::TechnicalDesign),
    ("design document", Kind::TechnicalDesign),
    ("technical specification", Kind::Specification),
    ("product requirements", Kind::Prd),
    ("business requirements", Kind::Requirements),
    ("brd", Kind::Requirements),
    ("prd", Kind::Prd),
    ("decision record", Kind::DecisionRecord),
    ("adr", Kind::DecisionRecord),
    ("task list", Kind::TaskList),
    ("tasks", Kind::TaskList),
    ("requirements", Kind::Requirements),
    ("specification", Kind::Specification),
    ("architecture", Kind::TechnicalDesign),
    ("proposal", Kind::Proposal),
    ("implementation plan", Kind::Plan),
    ("development plan", Kind::Plan),
];

fn plain(traits: &Traits<'_>) -> Classification {
    let name = traits.path.rsplit('/').next().unwrap_or("").to_lowercase();
    let name = name.replace(['-', '_', '|', '.'], " ");
    let is_in = |text: &str, word: &str| {
        text.split_whitespace().collect::<Vec<_>>().join(" ").match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|it| it.chars().next_back());
            !before.is_some_and(char::is_alphanumeric)
        })
    };
    let found = WORDS.iter().find(|(word, _)| is_in(&traits.title, word) || is_in(&name, word));
    let reasons = found.map(|(word, _)| format!("title or name says \"{word}\""));
    Classification {
        kind: found.map_or(Kind::Other, |(_, kind)| *kind),
        profile: "plain".to_owned(),
        reasons: reasons.into_iter().collect(),
    }
}
