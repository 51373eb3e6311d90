//! The items of a hand-written implementation document: files, types, tests and settings.

use groundplan_syntax::{Kind, Source, parse};

/// The kinds, in the order of the report.
pub(super) const KINDS: [&str; 4] = ["file", "type", "test", "setting"];

/// Something that the hand-written document has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: &'static str,
    pub(super) name: String,
    /// What must stand on one line of the derived document.
    marks: Vec<String>,
}

impl Item {
    fn new(kind: &'static str, name: &str, marks: &[&str]) -> Self {
        let marks = marks.iter().map(|it| (*it).to_owned()).collect();
        Self { kind, name: name.to_owned(), marks }
    }

    /// Whether a line of `text` has every mark.
    pub(super) fn is_in(&self, text: &str) -> bool {
        match self.kind {
            "file" => paths(text).contains(&self.name),
            // A type is there where it is listed or defined.
            "type" => ["`{}`", "class {}:"]
                .iter()
                .any(|form| text.contains(&form.replace("{}", &self.name))),
            _ => text.lines().any(|line| self.marks.iter().all(|it| line.contains(it))),
        }
    }
}

/// Tests are named freely: what each is about, in marks of one line. A mark is a request, a status
/// with its code word, or words of a scenario.
const TESTS: [(&str, &[&str]); 6] = [
    ("test_action_is_allowed_exactly_as_designed", &["every action from every state", "20", "15"]),
    ("test_export_is_created_as_queued", &["POST /api/v1/exports`", "201", "`queued`"]),
    ("test_every_fault_is_named_at_once", &["POST /api/v1/exports`", "422 `validation_failed`"]),
    (
        "test_foreign_dataset_is_an_unknown_reference",
        &["POST /api/v1/exports`", "`unknown_reference`"],
    ),
    ("test_one_of_ten_workers_starts_an_export", &["Ten workers start one export", "nine 409"]),
    ("test_quota_holds_until_an_export_is_finished", &["beyond the quota", "403", "201"]),
];

/// Constants are named freely, too: the value, and a word of what it is for.
const CONSTANTS: [(&str, &[&str]); 12] = [
    ("BODY_LIMIT_BYTES", &["| 1 MiB |", "bodies"]),
    ("PAGE_DEFAULT", &["| 20 |", "`limit`"]),
    ("PAGE_MAXIMUM", &["| 100 |", "`limit`"]),
    ("STATEMENT_TIMEOUT_S", &["| 2 s |", "statements"]),
    ("WORKER_COUNT", &["8 workers", "Production"]),
    ("POLL_INTERVAL_S", &["| every second |", "poll"]),
    ("BATCH_ROWS", &["| 10,000 rows |", "batch"]),
    ("EXPORT_TIMEOUT_S", &["| 30 minutes |", "export"]),
    ("PAUSES_S", &["| 1 s, 2 s, 4 s |"]),
    ("TIMEOUT_S", &["| 30 s |", "client"]),
    ("TOKEN_LIFETIME", &["| 5 minutes |", "token"]),
    ("WATCH_INTERVAL_S", &["| 10 seconds |", "Every"]),
];

/// Every item of `text`.
pub(super) fn of_document(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = paths(text).iter().map(|it| Item::new("file", it, &[])).collect();
    for name in types(text) {
        items.push(Item::new("type", &name, &[]));
    }
    for (name, marks) in TESTS {
        assert!(text.contains(name), "{name} is a test of the document");
        items.push(Item::new("test", name, marks));
    }
    for name in variables(text) {
        items.push(Item::new("setting", &name, &[&format!("| `{name}` |")]));
    }
    for (name, marks) in CONSTANTS {
        assert!(text.contains(name), "{name} is a constant of the document");
        items.push(Item::new("setting", name, marks));
    }
    items
}

/// Files of the drawn tree.
fn paths(text: &str) -> Vec<String> {
    let mut folders: Vec<(usize, String)> = Vec::new();
    let mut found = Vec::new();
    for line in text.lines() {
        let Some((lead, rest)) = line.split_once("── ") else { continue };
        let depth = lead.chars().count();
        folders.retain(|(outer, _)| *outer < depth);
        let name = rest.split_whitespace().next().unwrap_or("");
        match name.strip_suffix('/') {
            Some(folder) => folders.push((depth, folder.to_owned())),
            None => {
                let parts = folders.iter().map(|it| it.1.as_str()).chain([name]);
                found.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found
}

/// Classes that code blocks define, and those that they import from the feature's own package.
fn types(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in code(text).lines() {
        let defined = line.strip_prefix("class ").and_then(|it| it.split(['(', ':']).next());
        let imports = line.strip_prefix("from data_export").and_then(|it| it.split_once("import "));
        let names = defined.or(imports.map(|it| it.1)).unwrap_or("").split(',').map(str::trim);
        for name in names.filter(|it| it.chars().any(char::is_lowercase)) {
            let is_type = name.starts_with(char::is_uppercase);
            if is_type && !found.iter().any(|it| it == name) {
                found.push(name.to_owned());
            }
        }
    }
    found
}

/// What `os.environ` is asked for.
fn variables(text: &str) -> Vec<String> {
    let code = code(text);
    let asked = code.match_indices("os.environ").filter_map(|(at, _)| {
        let rest = code.get(at..)?.split_once('"')?.1;
        rest.split('"').next().map(str::to_owned)
    });
    let mut names: Vec<String> = asked.collect();
    names.sort();
    names.dedup();
    names
}

/// All code of a document.
fn code(text: &str) -> String {
    let source = Source::new("document.md", text);
    let tree = parse(&source);
    let fences = tree.descendants(tree.root()).filter_map(|node| match tree.kind(node) {
        Kind::Fence { content, .. } => Some(source.slice(content)),
        _ => None,
    });
    fences.collect::<Vec<_>>().join("\n")
}
