//! Differences as one cell of a change log.

use crate::difference::{Difference, Stated, Verb};

/// How many of a kind a row names.
const MOST_NAMED: usize = 6;

/// The noun of facts that are counted, not named.
const COUNTED: &str = "task";

/// "endpoints added: POST /a, GET /b; p95 200 → 150 ms; reworded: "Scope"".
pub fn sentence(found: &[Difference]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let groups = found.chunk_by(|one, other| (one.noun, one.verb) == (other.noun, other.verb));
    for group in merged(groups) {
        let Some(first) = group.first() else { continue };
        if first.noun == COUNTED {
            parts.extend(counted(&group));
            continue;
        }
        let noun = if group.len() == 1 { first.noun } else { first.plural };
        let verb = match first.verb {
            Verb::Added => format!("{noun} added: "),
            Verb::Removed => format!("{noun} removed: "),
            Verb::Reworded => "reworded: ".to_owned(),
            // A change says itself what it is about.
            Verb::Changed if first.what.contains(" → ") => String::new(),
            Verb::Changed => format!("{noun} changed: "),
        };
        parts.push(format!("{verb}{}", listed(&group)));
    }
    parts.join("; ")
}

/// "2 boxes ticked", "1 box added".
fn counted(group: &[&Difference]) -> Vec<String> {
    let verb = |it: &&&Difference| {
        let is_done = |it: &Option<Stated>| it.as_ref().is_some_and(|it| it.value == "done");
        match (it.verb, is_done(&it.before), is_done(&it.after)) {
            (Verb::Changed, false, true) => "ticked",
            (Verb::Changed, true, false) => "opened again",
            (Verb::Changed, ..) => "reworded",
            (verb, ..) => verb.as_str(),
        }
    };
    let said = ["ticked", "opened again", "added", "removed", "reworded"].into_iter();
    let part = |wanted| match group.iter().filter(|it| verb(it) == wanted).count() {
        0 => None,
        1 => Some(format!("1 box {wanted}")),
        count => Some(format!("{count} boxes {wanted}")),
    };
    said.filter_map(part).collect()
}

/// Groups of one noun and one verb, together wherever they stand.
fn merged<'a>(groups: impl Iterator<Item = &'a [Difference]>) -> Vec<Vec<&'a Difference>> {
    let mut all: Vec<Vec<&Difference>> = Vec::new();
    for group in groups {
        let fits = |it: &&mut Vec<&Difference>| {
            let (one, other) = (it.first(), group.first());
            one.map(|it| (it.noun, it.verb)) == other.map(|it| (it.noun, it.verb))
        };
        match all.iter_mut().find(fits) {
            Some(known) => known.extend(group),
            None => all.push(group.iter().collect()),
        }
    }
    all
}

fn listed(group: &[&Difference]) -> String {
    let named = if group.len() > MOST_NAMED { MOST_NAMED - 1 } else { group.len() };
    let mut names: Vec<String> = group.iter().take(named).map(|it| it.what.clone()).collect();
    if group.len() > named {
        names.push(format!("and {} more", group.len() - named));
    }
    names.join(", ")
}
