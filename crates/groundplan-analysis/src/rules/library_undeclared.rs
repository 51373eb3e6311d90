//! `library-undeclared`: code that needs a library which the document's list of dependencies lacks.

use std::collections::HashSet;

use groundplan_model::Severity;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::snippets::{Code, Language, Snippet, is_name, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "library-undeclared",
    group: "configuration",
    summary: "code uses a library that the document's list of dependencies leaves out",
    page: include_str!("library_undeclared.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// A list of requirements with fewer lines is a remark.
const FEWEST: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let code = context.code();
    let Some((list, declared)) = code.snippets.iter().find_map(requirements) else { return };
    let mut reported: HashSet<&str> = HashSet::new();
    for (name, span) in uses(code) {
        if is_known(code, &declared, name) || !reported.insert(name) {
            continue;
        }
        findings
            .report(span, format!("`{name}` is used here, and the list of dependencies lacks it"))
            .related(list, "the list begins here")
            .help(format!("add `{name}` to the list"));
    }
}

/// The first line and the names of a list: `sqlalchemy>=2.0  # database`.
fn requirements(snippet: &Snippet<'_>) -> Option<(Span, Vec<String>)> {
    if !lines(snippet.text).all(|(_, line)| is_list_line(line)) {
        return None;
    }
    let found: Vec<(usize, &str)> = lines(snippet.text).filter_map(requirement).collect();
    let (first, name) = *found.first().filter(|_| found.len() >= FEWEST)?;
    let names = found.iter().map(|(_, name)| name.to_lowercase().replace('_', "-")).collect();
    Some((snippet.span(first, first + name.len()), names))
}

fn requirement((at, line): (usize, &str)) -> Option<(usize, &str)> {
    let len = line.find(|c: char| !(is_name(c) || "-.".contains(c)))?;
    let rest = line.get(len..)?.trim_start();
    let rest = rest
        .find(']')
        .filter(|_| rest.starts_with('['))
        .map_or(rest, |it| rest.get(it + 1..).unwrap_or(""));
    let is_pinned = [">=", "==", "~=", "<=", ">", "<"].iter().any(|it| rest.starts_with(it));
    (len > 0 && is_pinned).then_some((at, line.get(..len)?))
}

fn is_list_line(line: &str) -> bool {
    let body = line.trim();
    body.is_empty() || body.starts_with('#') || requirement((0, line)).is_some()
}

/// Libraries that Python code imports, and that images start.
fn uses<'c>(code: &'c Code<'_>) -> impl Iterator<Item = (&'c str, Span)> {
    let imports = code.imports.iter().filter_map(|it| {
        let is_python = code.snippet(it.snippet)?.language == Language::Python;
        let top = it.module.split('.').next().filter(|it| !it.is_empty())?;
        is_python.then_some((top, Span { end: it.span.start, ..it.span }))
    });
    let images = code.snippets.iter().filter(|it| it.language == Language::Docker);
    imports.chain(images.flat_map(started))
}

/// `python -c "import requests"` and `CMD ["python", "-m", "uvicorn"]`.
fn started<'s>(snippet: &'s Snippet<'_>) -> impl Iterator<Item = (&'s str, Span)> {
    const BEFORE: [&str; 3] = ["\"import ", "\"-m\", \"", "python -m "];
    BEFORE.iter().filter_map(|before| {
        let at = snippet.text.find(before)? + before.len();
        let rest = snippet.text.get(at..)?;
        let len = rest.find(|c| !is_name(c))?;
        Some((rest.get(..len)?, snippet.span(at, at + len)))
    })
}

/// Whether a module is part of the language, of the project, or of a listed library.
fn is_known(code: &Code<'_>, declared: &[String], name: &str) -> bool {
    let package = PACKAGES.iter().find(|(it, _)| *it == name).map_or(name, |(_, it)| it);
    let package = package.to_lowercase().replace('_', "-");
    let is_listed = |it: &String| *it == package || it.starts_with(&format!("{package}-"));
    let is_own = |it: &Snippet<'_>| {
        it.path().is_some_and(|(path, _)| path.starts_with(&format!("{name}/")))
            || it.text.contains(&format!("{name}/"))
    };
    STANDARD.contains(&name) || declared.iter().any(is_listed) || code.snippets.iter().any(is_own)
}

/// Modules with another name than their package.
const PACKAGES: &[(&str, &str)] = &[
    ("yaml", "pyyaml"),
    ("PIL", "pillow"),
    ("sklearn", "scikit-learn"),
    ("jwt", "pyjwt"),
    ("dotenv", "python-dotenv"),
    ("bs4", "beautifulsoup4"),
    ("cv2", "opencv-python"),
    ("jose", "python-jose"),
    ("dateutil", "python-dateutil"),
    ("factory", "factory-boy"),
];

/// Modules of Python itself that documents use.
const STANDARD: &[&str] = &[
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "collections",
    "concurrent",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fcntl",
    "functools",
    "gc",
    "glob",
    "gzip",
    "hashlib",
    "heapq",
    "hmac",
    "html",
    "http",
    "importlib",
    "inspect",
    "io",
    "ipaddress",
    "itertools",
    "json",
    "logging",
    "math",
    "mimetypes",
    "multiprocessing",
    "operator",
    "os",
    "pathlib",
    "pickle",
    "platform",
    "queue",
    "random",
    "re",
    "secrets",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "statistics",
    "string",
    "struct",
    "subprocess",
    "sys",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "timeit",
    "tomllib",
    "traceback",
    "types",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "venv",
    "warnings",
    "weakref",
    "xml",
    "zipfile",
    "zlib",
    "zoneinfo",
    "__future__",
];
