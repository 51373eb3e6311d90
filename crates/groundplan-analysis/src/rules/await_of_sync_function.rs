//! `await-of-sync-function`: code that awaits a function which the document defines without `async`.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Definition, Language, Sort, is_name};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "await-of-sync-function",
    group: "architecture",
    summary: "code awaits a function that the document defines without `async`",
    page: include_str!("await_of_sync_function.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let snippets = code.snippets.iter().filter(|it| it.language == Language::Python);
    for snippet in snippets {
        for (at, word) in snippet.code.match_indices("await ") {
            let from = at + word.len();
            let Some((name, is_method)) = called(&snippet.code, from) else { continue };
            let Some(defined) = only_definition(code, name, is_method) else { continue };
            let end = from + snippet.code.get(from..).and_then(|it| it.find('(')).unwrap_or(0);
            let message = format!("`{name}` is awaited here, and is not defined as `async`");
            findings
                .report(snippet.span(at, end), message)
                .related(defined.span, format!("`{name}` is defined here"))
                .help(format!("define it with `async def {name}`, or call it without `await`"));
        }
    }
}

/// The function in `await name(` and `await self.name(`.
fn called(code: &str, from: usize) -> Option<(&str, bool)> {
    let rest = code.get(from..)?;
    let (is_method, rest) = match rest.strip_prefix("self.") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let len = rest.find(|c: char| !is_name(c))?;
    let is_call = rest.as_bytes().get(len) == Some(&b'(');
    rest.get(..len).filter(|_| is_call).map(|name| (name, is_method))
}

/// The one definition of a name, where it cannot be awaited.
fn only_definition<'c, 'a>(
    code: &'c Code<'a>,
    name: &str,
    is_method: bool,
) -> Option<&'c Definition<'a>> {
    let mut named = code.definitions.iter().filter(|it| it.name == name);
    let one = named.next().filter(|_| named.next().is_none())?;
    let is_own = one.owner.is_some() == is_method || one.params.starts_with("self") == is_method;
    let awaits =
        ["Awaitable", "Coroutine", "Future", "Task"].iter().any(|it| one.result.contains(it));
    (one.sort == Sort::Function && is_own && !one.is_async && !awaits).then_some(one)
}
