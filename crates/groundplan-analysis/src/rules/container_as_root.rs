//! `container-as-root`: an image that names no user.

use groundplan_model::Severity;
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::snippets::{Language, Snippet, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "container-as-root",
    group: "deployment",
    summary: "the image of a service names no user, so the service runs as root",
    page: include_str!("container_as_root.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in &context.code().snippets {
        if snippet.language == Language::Docker {
            image(snippet, findings);
        }
    }
}

/// The last stage of a build is the image.
fn image(snippet: &Snippet<'_>, findings: &mut Findings<'_>) {
    let begins = |line: &str, words: &[&str]| words.iter().any(|it| line.starts_with(it));
    let stage = lines(snippet.text).filter(|(_, line)| begins(line, &["FROM "])).last();
    let Some((from, base)) = stage else { return };
    let mut stage = lines(snippet.text).skip_while(|(at, _)| *at < from);
    let start = stage.clone().find(|(_, line)| begins(line, &["CMD", "ENTRYPOINT"]));
    let has_user = stage.any(|(_, line)| begins(line, &["USER "]));
    let base_user = ["nonroot", "rootless", "unprivileged"].iter().any(|it| base.contains(it));
    let Some((start, command)) = start.filter(|_| !has_user && !base_user) else { return };
    let place = snippet.span(start, start + command.trim_end().len());
    let edit = Edit::insert(place.start as usize, "USER 65534\n");
    findings
        .report(place, "this image names no user, so the service runs as root")
        .related(snippet.span(from, from + base.trim_end().len()), "the image begins here")
        .help("put `USER` with an account that owns nothing before the command")
        .unsafe_fix("run it as nobody", vec![edit]);
}
