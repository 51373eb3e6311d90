//! Which profile and kind fit a document: its path counts most, then its headings, then its header.

use super::pairs::Pairs;
use super::{Classification, Kind, KindRule, Marks, Pattern, Profile};
use crate::{Document, Template};

/// A path that matches. Alone it is enough.
const PATH: usize = 100;
/// Headings of a kind: this much when all are there.
const HEADINGS: usize = 90;
/// A header key of a kind.
const HEADER: usize = 12;
/// What a document must reach to belong to a kind.
const ENOUGH: usize = 45;

/// What `document` is, by `profiles`; the first of equals wins. `titles` are those of its sections, in
/// lower case.
pub(crate) fn detect<'a>(
    document: &'a Document,
    titles: impl Iterator<Item = &'a str>,
    profiles: &[Profile],
) -> Classification {
    let traits = Traits::of(document, titles);
    let mut best = (0, Classification::default());
    for profile in profiles {
        let patterns = profile.patterns.iter();
        let paths: Vec<&(usize, Pattern)> =
            patterns.filter(|(_, it)| it.matches_with(traits.path, &traits.pairs)).collect();
        for (index, rule) in profile.kinds.iter().enumerate() {
            let path = paths.iter().find(|(kind, _)| *kind == index).map(|(_, it)| it.text());
            // Most rules could not win any more.
            let most = HEADINGS + HEADER * rule.header.len();
            if path.is_none() && most <= best.0 {
                continue;
            }
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
    pairs: Pairs,
    title: String,
    headings: Vec<&'a str>,
    heading_marks: Marks,
    keys: Vec<String>,
    key_marks: Marks,
}

impl<'a> Traits<'a> {
    fn of(document: &'a Document, titles: impl Iterator<Item = &'a str>) -> Self {
        let headings: Vec<&str> = titles.map(unnumbered).collect();
        let keys = document.header.iter().map(|field| field.key.to_lowercase());
        let keys: Vec<String> = keys.collect();
        let title = document.title.as_ref().map_or("", |title| &title.text).to_lowercase();
        Self {
            path: document.source.path(),
            pairs: Pairs::of(document.source.path()),
            title,
            heading_marks: Marks::of(&headings),
            headings,
            key_marks: Marks::of(&keys),
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
        let likely = rule.heading_marks.shared(&rule.headings, &self.heading_marks);
        let known = likely.filter(|it| self.headings.contains(&it.as_str())).count();
        // Two shared headings can be chance.
        if known >= 3 || known >= 2 && rule.headings.len() <= 4 {
            score += HEADINGS * known / rule.headings.len().max(1);
            reasons.push(format!("{known} of {} headings", rule.headings.len()));
        }
        let likely = rule.key_marks.shared(&rule.header, &self.key_marks);
        let keys: Vec<&String> = likely.filter(|it| self.keys.contains(it)).collect();
        if !keys.is_empty() {
            score += HEADER * keys.len();
            let names: Vec<&str> = keys.iter().map(|it| it.as_str()).collect();
            reasons.push(format!("the header has {}", names.join(", ")));
        }
        (score, reasons)
    }
}

/// A heading without number, emoji and paragraph sign.
fn unnumbered(title: &str) -> &str {
    let start = title.find(char::is_alphabetic).unwrap_or(0);
    title.get(start..).unwrap_or(title).trim()
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
    let found = first_word(&traits.title).into_iter().chain(first_word(&name)).min();
    let found = found.and_then(|it| WORDS.get(it));
    let reasons = found.map(|(word, _)| format!("title or name says \"{word}\""));
    Classification {
        kind: found.map_or(Kind::Other, |(_, kind)| *kind),
        profile: "plain".to_owned(),
        reasons: reasons.into_iter().collect(),
    }
}

/// The first of [`WORDS`] that stands in `text` where a word begins.
fn first_word(text: &str) -> Option<usize> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut before = None;
    let starts = text.char_indices().filter(|(_, it)| {
        let goes_on = before.replace(*it).is_some_and(char::is_alphanumeric);
        !goes_on
    });
    let words = |at: usize| {
        let rest = text.get(at..)?;
        WORDS.iter().position(|(word, _)| rest.starts_with(word))
    };
    starts.filter_map(|(at, _)| words(at)).min()
}
