//! Differences as a comment on a pull request.

use std::fmt::Write;

use groundplan_analysis::difference::{Change, Difference, Verdict};

use super::{View, count, news, position, title, versions};

/// What breaks first; what is neutral is folded.
pub(super) fn differences(view: &View<'_>) -> String {
    let (from, to) = (&view.range.from.written, view.range.to_name());
    let mut text = format!("### What the documents say between `{from}` and `{to}`\n\n");
    if view.changes.is_empty() {
        return text + "Nothing that they say differs.\n";
    }
    let [breaking, compatible, neutral] =
        [Verdict::Breaking, Verdict::Compatible, Verdict::Neutral]
            .map(|it| count(view.changes, it));
    let _ = writeln!(
        text,
        "**{breaking} breaking**, {compatible} compatible, {neutral} neutral differences."
    );
    for change in view.changes.iter().filter(|it| it.breaks_promise()) {
        let path = cell(change.path());
        let _ =
            writeln!(text, "\n> `{path}` breaks with what it was, and no major version says so.");
    }
    for (verdict, title) in [(Verdict::Breaking, "Breaking"), (Verdict::Compatible, "Compatible")] {
        if let Some(table) = table(view, verdict) {
            let _ = write!(text, "\n#### {title}\n\n{table}");
        }
    }
    if let Some(documents) = documents(view) {
        let _ = write!(text, "\n#### Documents\n\n{documents}");
    }
    if let Some(table) = table(view, Verdict::Neutral) {
        let _ = write!(text, "\n<details><summary>Neutral</summary>\n\n{table}\n</details>\n");
    }
    text
}

/// Documents that came, went or got another name.
fn documents(view: &View<'_>) -> Option<String> {
    let line = |it: &Change<'_>| {
        let news = news(it).filter(|it| !it.is_empty());
        let news = news.map(|it| format!(": {}", it.replace('\n', " "))).unwrap_or_default();
        format!("* `{}` {}{news}\n", cell(it.path()), it.verb())
    };
    let text: String = view.changes.iter().filter(|it| it.verb() != "changed").map(line).collect();
    (!text.is_empty()).then_some(text)
}

/// Differences of one verdict. What a new document states is told with the document.
fn table(view: &View<'_>, verdict: Verdict) -> Option<String> {
    let mut rows = String::new();
    for change in view.changes.iter().filter(|it| it.before.is_some()) {
        let of_verdict = change.differences.iter().filter(|it| it.judgement.verdict == verdict);
        for difference in of_verdict {
            rows.push_str(&row(change, difference));
        }
    }
    let head = "| Difference | Where | Why |\n|---|---|---|\n";
    (!rows.is_empty()).then(|| format!("{head}{rows}"))
}

fn row(change: &Change<'_>, difference: &Difference) -> String {
    let was = position(change.before, difference.before.as_ref());
    let now = position(change.after, difference.after.as_ref());
    let place = match (was, now) {
        (Some(was), Some(now)) => {
            format!("`{}:{}`, was line {}", change.path(), now.line, was.line)
        }
        (None, Some(now)) => format!("`{}:{}`", change.path(), now.line),
        (Some(was), None) => format!("`{}`, was line {}", change.path(), was.line),
        (None, None) => format!("`{}`", change.path()),
    };
    let version = versions(change).map(|it| format!(" ({it})")).unwrap_or_default();
    let direction = difference.judgement.direction.map(|it| format!("{}: ", it.as_str()));
    let why = format!("{}{}", direction.unwrap_or_default(), difference.judgement.reason);
    format!("| {} | {} | {} |\n", cell(&title(difference)), cell(&(place + &version)), cell(&why))
}

/// A text as a cell can hold it.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|").replace('<', "&lt;")
}
