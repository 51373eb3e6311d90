//! What else must change, as boxes to tick in a pull request.

use std::fmt::Write;

use groundplan_analysis::impact::Impact;

use super::{View, place, sureness};

/// A list of boxes for each subject that something rests on.
pub(super) fn impacts(view: &View<'_>) -> String {
    let mut text = "### What else may have to change\n".to_owned();
    let touching: Vec<&Impact> = view.impacts.iter().filter(|it| !it.touched.is_empty()).collect();
    for impact in &touching {
        let _ = write!(text, "\n**{}**", plain(&impact.subject.title));
        if !impact.subject.path.is_empty() {
            let _ = write!(text, " in `{}`", impact.subject.path);
        }
        text.push_str("\n\n");
        for touched in &impact.touched {
            let (kind, sure) = (touched.kind.as_str(), sureness(touched.certainty));
            let (place, reason) = (place(view, touched), plain(&touched.reason));
            let _ = writeln!(text, "- [ ] {kind} `{place}`: {reason} ({sure})");
        }
    }
    if touching.is_empty() { text + "\nNothing.\n" } else { text }
}

fn plain(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('<', "&lt;")
}
