//! Components: rows of component tables, and headings and bold names in sections about them.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::LazyLock;

use groundplan_syntax::{Kind, NodeId, Span};

use super::{Reading, blocks, ids, prose, scan};
use crate::document::{Concept, Section, Text};

const COLUMNS: [&str; 5] = ["component", "service", "module", "component name", "컴포넌트"];

/// Columns without which a table that starts with "service" is about something else.
const ABOUT: [&str; 11] = [
    "purpose",
    "responsibility",
    "responsibilities",
    "technology",
    "description",
    "role",
    "owner",
    "intent",
    "layer",
    "tech stack",
    "domain/layer",
];

/// Parts of titles that may name a component or a list of them.
static TITLED: LazyLock<scan::Words> =
    LazyLock::new(|| scan::Words::new(&["omponent", "コンポーネント", "컴포넌트"]));

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        let first = table.titles.first().map(String::as_str).unwrap_or_default();
        // With versions it is a list of what the components are made of.
        let is_stack = table.column(&["version", "versions"]).is_some();
        if COLUMNS.contains(&first) && table.column(&ABOUT).is_some() && !is_stack {
            found.extend(table.view.rows.iter().filter_map(|row| reading.cell(row, Some(0))));
        }
    }
    let titled = reading.titles.with(&TITLED);
    if !titled.is_empty() {
        headings(reading, &titled, &mut found);
        bold_names(reading, &mut found);
    }
    labelled(reading, &mut found);
    found.sort_by_key(|text: &Text| text.span);
    let mut seen = HashSet::new();
    found.retain(|text| seen.insert(text.text.to_lowercase()));
    reading.document.components = found;
}

/// Headings one level below a heading about components, and `Component: Name` anywhere.
fn headings(reading: &Reading<'_>, titled: &[usize], found: &mut Vec<Text>) {
    let sections = &reading.document.sections;
    let has_lists = titled.iter().any(|at| sections.get(*at).is_some_and(lists_components));
    for (at, section) in sections.iter().enumerate() {
        let title = &section.title;
        if let Some(name) = named(&title.text) {
            found.push(Text { text: without_path(name).to_owned(), span: title.span });
            continue;
        }
        let above = if has_lists { parent(sections, at) } else { None };
        let is_listed = above.is_some_and(|above| match is_layer(sections, above) {
            true => sections.get(above).is_some_and(|it| it.level + 1 == section.level),
            false => is_below_list(sections, at) && !is_layer(sections, at),
        });
        if is_listed && !is_about_all(&title.text) {
            let text = without_path(unnumbered(&title.text)).to_owned();
            found.push(Text { text, span: title.span });
        }
    }
}

/// The section around the one at `at`, by its place.
fn parent(sections: &[Section], at: usize) -> Option<usize> {
    let level = sections.get(at)?.level;
    sections.get(..at)?.iter().rposition(|other| other.level < level)
}

/// Whether the section at `at` stands one level below a list of components.
fn is_below_list(sections: &[Section], at: usize) -> bool {
    let above = parent(sections, at).and_then(|above| sections.get(above));
    let level = sections.get(at).map_or(0, |it| it.level);
    above.is_some_and(|it| it.level + 1 == level && lists_components(it))
}

/// Whether the section at `at` is a layer of a list of components, with its components below.
fn is_layer(sections: &[Section], at: usize) -> bool {
    const ENDS: [&str; 5] = ["layer", "tier", "レイヤー", "レイヤ", "계층"];
    let Some(section) = sections.get(at) else { return false };
    if sections.get(at + 1).is_none_or(|next| next.level != section.level + 1) {
        return false;
    }
    is_below_list(sections, at) && {
        let title = section.title.text.to_lowercase();
        ENDS.iter().any(|word| title.ends_with(word))
    }
}

/// Whether a heading speaks of all components, or of the work on them.
fn is_about_all(title: &str) -> bool {
    const ENDS: [&str; 11] = [
        "summary",
        "overview",
        "diagram",
        "interactions",
        "hierarchy",
        "structure",
        "organization",
        "organisation",
        "relationships",
        "flow",
        "components",
    ];
    const STARTS: [&str; 4] = ["task ", "phase ", "step ", "milestone "];
    let title = unnumbered(title).to_lowercase();
    ENDS.iter().any(|word| title.ends_with(word)) || STARTS.iter().any(|it| title.starts_with(it))
}

/// Whether bold words name a part of a component's description.
fn is_label(name: &str) -> bool {
    const LABELS: [&str; 14] = [
        "structure",
        "responsibility",
        "responsibilities",
        "interface",
        "interfaces",
        "purpose",
        "dependencies",
        "features",
        "key features",
        "technology",
        "implementation",
        "location",
        "methods",
        "example",
    ];
    LABELS.contains(&name.to_lowercase().as_str())
}

/// The name of "Component 1: API Layer" and "Component: Scheduler".
fn named(title: &str) -> Option<&str> {
    let rest = unnumbered(title).strip_prefix("Component")?;
    let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    rest.strip_prefix(':').map(str::trim).filter(|name| !name.is_empty())
}

fn unnumbered(title: &str) -> &str {
    title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '))
}

fn lists_components(section: &Section) -> bool {
    let title = section.title.text.as_str();
    let is_foreign = ["コンポーネント", "컴포넌트"].iter().any(|word| title.starts_with(word));
    // The title of a document speaks of components that it is about, not of a list of them.
    if section.level == 1 || !is_foreign && prose::find(title, "omponent").is_none() {
        return false;
    }
    // Nor does a task: "T-67: Test the components".
    if ids::at_start(title, 0).is_some() {
        return false;
    }
    if is_foreign {
        return true;
    }
    let title = title.to_lowercase();
    let names = [
        "components",
        "component design",
        "components and interfaces",
        "system components",
        "component breakdown",
        "component overview",
        "key components",
        "core components",
    ];
    names.iter().any(|name| prose::has_word(&title, name))
}

/// `**Scheduler:**` on a line of its own in a section about components.
fn bold_names(reading: &Reading<'_>, found: &mut Vec<Text>) {
    for span in reading.index.paragraphs().map(|it| it.span) {
        let text = reading.source.slice(span).trim();
        if !text.starts_with("**") {
            continue;
        }
        let section = reading.document.section_at(span.start);
        let about = section.is_some_and(lists_components)
            && reading.is_under(span.start, &[Concept::Architecture]);
        if !about {
            continue;
        }
        let name = text.strip_prefix("**").and_then(|it| it.split_once("**"));
        let Some((name, rest)) = name else { continue };
        let name = name.trim_end_matches(':').trim();
        // "**Retry Component**: tries again" says itself what it is.
        let is_one = name.ends_with(" Component") && rest.starts_with(':');
        let alone = is_one || is_remark_alone(rest.trim_matches([':', ' ']));
        let name = without_path(named(name).unwrap_or(unnumbered(name)));
        if alone && !name.is_empty() && !is_label(name) {
            found.push(Text { text: name.to_owned(), span });
        }
    }
}

/// Whether nothing stands there but a remark: "(new)", "(`src/store.rs`)".
fn is_remark_alone(rest: &str) -> bool {
    let inner = rest.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    rest.is_empty() || inner.is_some_and(|it| !it.contains(['(', ')']))
}

/// Items that begin with a bold name, in a list right below "**Core Components**:" or a heading of
/// these words.
fn labelled(reading: &Reading<'_>, found: &mut Vec<Text>) {
    const LABELS: [&str; 6] = [
        "components",
        "core components",
        "key components",
        "main components",
        "system components",
        "major components",
    ];
    let tree = reading.tree;
    for [above, list] in reading.index.tops.array_windows() {
        if !matches!(list.kind, Kind::List { .. }) {
            continue;
        }
        let text = reading.source.slice(above.span).trim();
        let label = match above.kind {
            Kind::Paragraph => {
                let Some(bold) = text.strip_prefix("**") else { continue };
                prose::split_once(bold, "**").map_or(bold, |(label, _)| label)
            }
            Kind::Heading(_) => unnumbered(text.trim_matches(['#', ' '])),
            _ => continue,
        };
        let label = label.trim_end_matches([':', ' ']);
        if LABELS.iter().any(|own| own.eq_ignore_ascii_case(label)) {
            found.extend(tree.children(list.node).filter_map(|item| bold_lead(reading, item)));
        }
    }
}

/// The bold words that an item begins with.
fn bold_lead(reading: &Reading<'_>, item: NodeId) -> Option<Text> {
    let span = blocks::lead(reading.tree, item)?;
    let rest = reading.source.slice(span).strip_prefix("**")?;
    let (name, _) = prose::split_once(rest, "**")?;
    let name = without_path(name.trim().trim_end_matches(':'));
    let start = span.start as usize + "**".len();
    let span = Span::new(start, start + name.len());
    (!name.is_empty() && !is_label(name)).then(|| Text { text: name.replace('`', ""), span })
}

/// A name without the file or the remark in brackets after it: `Query engine (internal/query/list.go)`.
fn without_path(name: &str) -> &str {
    let cut = name.strip_suffix(')').and_then(|it| it.rsplit_once('('));
    match cut {
        Some((before, path)) if path.contains(['/', '.']) || is_remark(path) => before.trim(),
        _ => name,
    }
}

/// Whether words in brackets tell how new a component is: "(NEW Component)".
fn is_remark(words: &str) -> bool {
    let words = words.to_lowercase();
    let first = words.split_whitespace().next().unwrap_or("");
    ["new", "existing", "modified", "updated", "enhanced", "extended"].contains(&first)
}
