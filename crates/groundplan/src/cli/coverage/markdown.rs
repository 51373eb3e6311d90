//! The figures as Markdown, for a document or a comment on a change.

use std::fmt::Write;

use groundplan_analysis::trace::Counts;

use super::View;
use super::text::{lacking, title};
use crate::cli::trace::place;

/// A table, and a list of what keeps no policy.
pub(super) fn coverage(view: &View<'_>) -> String {
    let mut text = String::from(
        "| Chain | Wanted | Shallow | Deep | Stale | Waived | Passed | Failed |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for (chain, counts) in &view.coverage.chains {
        row(&mut text, &title(view.trace, *chain), counts);
    }
    row(&mut text, "**All**", &view.coverage.whole);
    if !view.coverage.unmet.is_empty() {
        text.push_str("\nNot covered as a policy asks for:\n\n");
    }
    for unmet in &view.coverage.unmet {
        let Some(item) = view.trace.items.get(unmet.item) else { continue };
        let at = place(&item.at);
        let _ = writeln!(text, "- `{}` in `{at}`: {}", item.id, lacking(unmet));
    }
    text
}

fn row(text: &mut String, title: &str, counts: &Counts) {
    let share = |count: usize| format!("{count} ({}%)", counts.percent(count));
    let title = title.replace('|', "\\|");
    let (shallow, deep) = (share(counts.shallow), share(counts.deep));
    let Counts { all, stale, waived, passed, failed, .. } = counts;
    let _ = writeln!(
        text,
        "| {title} | {all} | {shallow} | {deep} | {stale} | {waived} | {passed} | {failed} |"
    );
}
