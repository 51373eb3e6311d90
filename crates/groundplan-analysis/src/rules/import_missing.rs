//! `import-missing`: code that shows its imports and uses a module that is not among them.

use groundplan_model::Severity;
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::snippets::{Language, Snippet, is_marked, is_name, lines};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "import-missing",
    group: "architecture",
    summary: "a block of code shows its imports, and uses a module that is not among them",
    page: include_str!("import_missing.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Safe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// Modules of a language whose names are hardly ever names of anything else.
struct Modules {
    language: Language,
    names: &'static [&'static str],
    /// How a module is imported, where one line does.
    line: fn(&str) -> Option<String>,
}

const MODULES: &[Modules] = &[
    Modules {
        language: Language::Python,
        names: &[
            "asyncio",
            "base64",
            "collections",
            "datetime",
            "functools",
            "hashlib",
            "itertools",
            "json",
            "logging",
            "math",
            "np",
            "os",
            "pd",
            "pickle",
            "random",
            "re",
            "secrets",
            "shutil",
            "subprocess",
            "sys",
            "tempfile",
            "threading",
            "time",
            "torch",
            "uuid",
        ],
        line: python,
    },
    Modules {
        language: Language::Go,
        names: &[
            "bufio", "bytes", "context", "errors", "exec", "filepath", "fmt", "http", "io", "json",
            "os", "regexp", "sort", "strconv", "strings", "sync", "time",
        ],
        line: |_| None,
    },
    Modules { language: Language::Script, names: &["crypto", "fs", "os", "path"], line: |_| None },
];

fn python(name: &str) -> Option<String> {
    Some(match name {
        "np" => "import numpy as np\n".to_owned(),
        "pd" => "import pandas as pd\n".to_owned(),
        _ => format!("import {name}\n"),
    })
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for snippet in &context.code().snippets {
        let modules = MODULES.iter().find(|it| it.language == snippet.language);
        let (Some(modules), Some(first)) = (modules, first_import(snippet)) else { continue };
        for name in modules.names {
            if let Some(at) = unbound_use(snippet, name) {
                report(snippet, modules, name, (first, at), findings);
            }
        }
    }
}

fn report(
    snippet: &Snippet<'_>,
    modules: &Modules,
    name: &str,
    (first, at): (usize, usize),
    findings: &mut Findings<'_>,
) {
    let message = format!("`{name}` is used here, and this code does not import it");
    let finding = findings
        .report(snippet.span(at, at + name.len()), message)
        .related(snippet.span(first, first), "its imports begin here")
        .help(format!("import `{name}`"));
    if let Some(line) = (modules.line)(name) {
        let edit = Edit::insert(snippet.span(first, first).start as usize, line);
        finding.safe_fix(format!("import `{name}`"), vec![edit]);
    }
}

/// Where the imports begin, in code that begins with them and leaves nothing out.
fn first_import(snippet: &Snippet<'_>) -> Option<usize> {
    let mut code = lines(&snippet.code).filter(|(_, line)| !line.trim().is_empty());
    let opens = ["import ", "from ", "package ", "'use ", "\"use "];
    let is_head = |line: &str| {
        opens.iter().any(|it| line.starts_with(it))
            || line.trim_matches(['"', '\'', ' ', '\n']).is_empty()
    };
    let is_import = |line: &str| line.starts_with("import ") || line.starts_with("from ");
    let (at, _) = code.by_ref().take_while(|(_, line)| is_head(line)).find(|it| is_import(it.1))?;
    let is_shortened = snippet.text.contains("...") || snippet.text.contains('…');
    (!is_shortened && !is_marked(snippet) && defines(snippet)).then_some(at)
}

/// Whether it is more than a few lines of a sketch: it defines a function, a class or a test.
fn defines(snippet: &Snippet<'_>) -> bool {
    const WORDS: [&str; 7] = ["def ", "class ", "func ", "function ", "=> {", "interface ", "it("];
    WORDS.iter().any(|word| snippet.code.contains(word))
}

/// The first use of `name.member` in code where nothing else is called `name`.
fn unbound_use(snippet: &Snippet<'_>, name: &str) -> Option<usize> {
    let code = snippet.code.as_str();
    let mut found = None;
    for (at, _) in code.match_indices(name) {
        let before = code.get(..at)?.chars().next_back();
        let after = code.get(at + name.len()..)?;
        if before.is_some_and(|c| is_name(c) || matches!(c, '.' | '$' | '"' | '\'' | '/')) {
            continue;
        }
        if after.starts_with(is_name) {
            continue;
        }
        let is_use = after.starts_with('.') && after.get(1..)?.starts_with(is_name);
        let line = code.get(..at)?.rsplit('\n').next()?;
        if !is_use || line.starts_with("import ") || line.starts_with("from ") {
            return None;
        }
        found = found.or(Some(at));
    }
    found.filter(|_| !imports_as_text(snippet, name))
}

/// Paths of Go are strings: `"path/filepath"`; in scripts a module may be imported by another name.
fn imports_as_text(snippet: &Snippet<'_>, name: &str) -> bool {
    snippet.language == Language::Go
        && lines(snippet.text).map(|(_, line)| line.trim()).any(|line| {
            let module = line.trim_end_matches('"').rsplit('"').next().unwrap_or("");
            line.ends_with('"') && (module == name || module.ends_with(&format!("/{name}")))
        })
}
