//! The board for people.

use std::fmt::Write;

use groundplan_analysis::board::{Feature, Standing};
use groundplan_model::document::State;
use groundplan_model::profile::Kind;
use groundplan_model::staleness::summary as changes;

use super::View;
use crate::render::plural;
use crate::ui::{DIM, GOOD, STRONG, WARNING, paint, printable};

/// The column of the boxes, whose figures stand at its right.
const BOXES: usize = 2;

/// Every chain as a block, then what it comes to.
pub(super) fn board(view: &View<'_>) -> String {
    let mut text = String::new();
    let (alone, chains): (Vec<&Feature<'_>>, Vec<&Feature<'_>>) =
        view.board.chains.iter().partition(|it| it.documents.len() == 1);
    for feature in chains {
        text.push_str(&block(&title(feature), feature.documents.iter(), view));
    }
    // A block each would be three lines for one.
    text.push_str(&block("Alone", alone.iter().flat_map(|it| &it.documents), view));
    text.push_str(&block("Of no chain", listed(view), view));
    let left = view.board.others.len() - listed(view).count();
    if left > 0 {
        let (verb, them) = if left == 1 { ("is", "it") } else { ("are", "them") };
        let more = plural(left, "other document");
        let _ = writeln!(text, "{more} {verb} of no chain: --all shows {them}.\n");
    }
    text + &summary(view)
}

/// Documents of no chain that are shown.
pub(super) fn listed<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v Standing<'v>> + Clone {
    let is_listed = |it: &&Standing<'_>| {
        view.all || it.kind() == Kind::DecisionRecord || it.is_behind() || it.approval.is_some()
    };
    view.board.others.iter().filter(is_listed)
}

/// "001 Data export"
pub(super) fn title(feature: &Feature<'_>) -> String {
    let number = feature.chain.number.as_deref();
    let name = printable(&feature.chain.name);
    number.map_or_else(|| name.to_string(), |it| format!("{it} {name}").trim_end().to_owned())
}

/// Documents under a title; nothing where there are none.
fn block<'a>(
    title: &str,
    documents: impl Iterator<Item = &'a Standing<'a>> + Clone,
    view: &View<'_>,
) -> String {
    let rows = documents.clone().map(|it| cells(it, view));
    let widths = rows.clone().fold([0; 4], |widths, row| {
        let lengths = row.map(|cell| cell.chars().count());
        std::array::from_fn(|at| widths[at].max(lengths[at]))
    });
    let mut text = format!("{}\n", paint(view.styled, STRONG, title));
    for (standing, row) in documents.clone().zip(rows) {
        text.push_str("  ");
        for (at, (cell, width)) in row.iter().zip(widths).enumerate().filter(|it| it.1.1 > 0) {
            let padded =
                if at == BOXES { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
            let style = [anstyle::Style::new(), style(standing), anstyle::Style::new(), DIM];
            let style = style.get(at).copied().unwrap_or_default();
            let _ = write!(text, "{}  ", paint(view.styled, style, &padded));
        }
        let _ = writeln!(text, "{}", printable(standing.document.source.path()));
        if let Some(remark) = remarks(standing) {
            let _ = writeln!(text, "      {}", printable(&remark));
        }
        for warning in warnings(standing) {
            let _ = writeln!(text, "      {}", paint(view.styled, WARNING, &printable(&warning)));
        }
    }
    if documents.count() == 0 { String::new() } else { text + "\n" }
}

/// Kind, state, boxes and the day of the last commit.
fn cells(standing: &Standing<'_>, view: &View<'_>) -> [String; 4] {
    let kind = standing.kind().as_str().to_owned();
    let boxes = match standing.boxes {
        (_, 0) => String::new(),
        (done, all) => format!("{done}/{all} boxes"),
    };
    let day = view.committed.get(standing.document.source.path());
    [kind, state(standing), boxes, day.cloned().unwrap_or_default()]
}

/// The state; the words of one that is not known; a dash where none is stated.
pub(super) fn state(standing: &Standing<'_>) -> String {
    const LONGEST: usize = 24;
    let raw = standing.document.status.as_ref().map(|it| it.raw.text.trim());
    match (standing.state(), raw) {
        _ if standing.is_template => "template".to_owned(),
        (Some(state), _) => state.as_str().replace('_', " "),
        (None, Some(raw)) if !raw.is_empty() => {
            let short: String = raw.chars().take(LONGEST).collect();
            let more = if raw.chars().nth(LONGEST).is_some() { "…" } else { "" };
            format!("\"{}{more}\"", short.trim_end())
        }
        _ => "-".to_owned(),
    }
}

fn style(standing: &Standing<'_>) -> anstyle::Style {
    match standing.state() {
        Some(State::Approved | State::Implemented) => GOOD,
        Some(_) => anstyle::Style::new(),
        None => DIM,
    }
}

/// What is unfinished in it, and how much of it is approved.
fn remarks(standing: &Standing<'_>) -> Option<String> {
    let counts = [
        (standing.questions, "open question"),
        (standing.document.placeholders.len(), "placeholder"),
    ];
    let counts = counts.into_iter().filter(|it| it.0 > 0 && !standing.is_template);
    let mut parts: Vec<String> = counts.map(|(count, noun)| plural(count, noun)).collect();
    if let Some(report) = &standing.approval {
        let all = report.sections.iter().filter(|it| it.place.is_some()).count();
        parts.push(format!("{} of {all} sections approved", report.approved()));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What changed since.
pub(super) fn warnings(standing: &Standing<'_>) -> Vec<String> {
    let stale = standing.stale.iter().map(|it| match it.is_gone {
        true => format!("stale: `{}` is gone", it.path),
        false => format!("stale: `{}`: {}", it.path, changes(&it.changes)),
    });
    let void = standing.void();
    let titles: Vec<String> =
        void.iter().map(|(title, kind)| format!("\"{title}\" {}", kind.as_str())).collect();
    let void = (!titles.is_empty()).then(|| format!("approval void: {}", titles.join(", ")));
    stale.chain(void).collect()
}

/// What is stale and what approval is void, a line each, for a check.
pub(super) fn behind(view: &View<'_>) -> String {
    let mut text = String::new();
    for standing in view.board.documents() {
        for warning in warnings(standing) {
            let path = paint(view.styled, STRONG, &printable(standing.document.source.path()));
            let _ = writeln!(text, "{path}: {}", printable(&warning));
        }
    }
    match text.is_empty() {
        true => "Nothing is stale, and no approval is void.\n".to_owned(),
        false => text,
    }
}

/// "3 chains, 11 documents: 2 draft, 4 approved. 40 of 60 boxes, 3 open questions, …"
pub(super) fn summary(view: &View<'_>) -> String {
    let all: Vec<&Standing<'_>> = view.board.documents().collect();
    let states = State::ALL.into_iter().filter_map(|state| {
        let count = all.iter().filter(|it| it.state() == Some(state)).count();
        (count > 0).then(|| format!("{count} {}", state.as_str().replace('_', " ")))
    });
    let states: Vec<String> = states.collect();
    let states = if states.is_empty() { String::new() } else { format!(": {}", states.join(", ")) };
    let filled = all.iter().filter(|it| !it.is_template);
    let (done, boxes) =
        filled.clone().fold((0, 0), |sum, it| (sum.0 + it.boxes.0, sum.1 + it.boxes.1));
    let questions: usize = filled.clone().map(|it| it.questions).sum();
    let placeholders: usize = filled.map(|it| it.document.placeholders.len()).sum();
    let stale = all.iter().filter(|it| !it.stale.is_empty()).count();
    let void = all.iter().filter(|it| !it.void().is_empty()).count();
    let mut parts = Vec::new();
    if boxes > 0 {
        parts.push(format!("{done} of {} ticked", plural(boxes, "box").replace("boxs", "boxes")));
    }
    let counts = [
        (questions, "open question"),
        (placeholders, "placeholder"),
        (stale, "stale document"),
        (void, "document whose approval is void"),
    ];
    parts.extend(counts.into_iter().filter(|it| it.0 > 0).map(|(count, noun)| match noun {
        "document whose approval is void" if count > 1 => {
            format!("{count} documents whose approval is void")
        }
        noun => plural(count, noun),
    }));
    let parts = if parts.is_empty() { String::new() } else { format!("{}.\n", parts.join(", ")) };
    let chains = plural(view.board.chains.len(), "chain");
    format!("{chains}, {}{states}.\n{parts}", plural(all.len(), "document"))
}
