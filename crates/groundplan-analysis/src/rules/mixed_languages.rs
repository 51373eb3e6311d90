//! `mixed-languages`: one design in two languages, and no word about it.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::snippets::Snippet;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "mixed-languages",
    group: "architecture",
    summary: "code stands in two languages of services, and the text names one of them nowhere",
    page: include_str!("mixed_languages.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Languages that services are written in: labels of fences, and names in text.
const LANGUAGES: &[(&str, &[&str], &[&str])] = &[
    (
        "Python",
        &["python", "py", "python3"],
        &["python", "fastapi", "django", "flask", "pytest", ".py"],
    ),
    ("C++", &["cpp", "c++", "cc"], &["c++", "cpp", ".cc"]),
    ("Java", &["java"], &["java", "jvm", "spring"]),
    ("Kotlin", &["kotlin", "kt"], &["kotlin", "jvm"]),
    ("C#", &["csharp", "c#", "cs"], &["c#", ".net", "dotnet"]),
    ("Go", &["go", "golang"], &["go ", "golang", "go.mod", "go,", "go.", ".go", "kubernetes"]),
    ("Ruby", &["ruby", "rb"], &["ruby", "rails"]),
    ("PHP", &["php"], &["php", "laravel"]),
    ("Rust", &["rust", "rs"], &["rust", "cargo", "crate"]),
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let mut shown: Vec<(usize, &Snippet<'_>)> = Vec::new();
    for snippet in &code.snippets {
        let label = snippet.label.as_str();
        let Some(at) = LANGUAGES.iter().position(|(_, it, _)| it.contains(&label)) else {
            continue;
        };
        if !shown.iter().any(|(known, _)| *known == at) {
            shown.push((at, snippet));
        }
    }
    let [(first, before), (second, snippet), ..] = shown.as_slice() else { return };
    let prose = prose(context);
    let is_named = |at: usize| {
        LANGUAGES.get(at).is_some_and(|(_, _, words)| words.iter().any(|it| prose.contains(it)))
    };
    let name = |at: usize| LANGUAGES.get(at).map_or("", |it| it.0);
    if shown.len() == 2 && !is_named(*first) && !is_named(*second) {
        let (one, other) = (name(*first), name(*second));
        findings
            .report(snippet.span(0, 0), format!("this code is {other}, and other code is {one}"))
            .related(before.span(0, 0), format!("{one} begins here"))
            .help("say which part is written in which language, or show one language");
    }
}

/// All that stands outside of fences, in small letters.
fn prose(context: &Context<'_>) -> String {
    let text = context.document.source.text();
    let mut found = String::with_capacity(text.len());
    let mut at = 0;
    for block in context.document.code_blocks() {
        found.push_str(text.get(at..block.start as usize).unwrap_or(""));
        at = block.end as usize;
    }
    found.push_str(text.get(at..).unwrap_or(""));
    found.to_lowercase()
}
