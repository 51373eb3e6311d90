//! The questions that a case can ask: one line each in [`QUESTIONS`].

use groundplan_model::{lower, plan};
use groundplan_syntax::{Source, parse};
use serde_json::Value;

use super::case::Fence;
use super::scene::Scene;
use super::tree;

/// A question, named as its fence is.
pub(super) struct Question {
    pub(super) kind: &'static str,
    pub(super) answer: fn(&Scene, &Fence) -> String,
}

pub(super) static QUESTIONS: &[Question] = &[
    // The findings, a line each.
    Question { kind: "expect", answer: expect },
    // The findings as a terminal shows them, without colour.
    Question { kind: "terminal", answer: terminal },
    // A document after `check --fix`.
    Question { kind: "fixed", answer: fixed },
    // The Markdown tree.
    Question { kind: "tree", answer: tree },
    // The facts; `only=endpoints,tables` keeps those groups.
    Question { kind: "inspect", answer: inspect },
    // The endpoints' bindings.
    Question { kind: "plan", answer: plan_text },
    // The schema of the running service's database.
    Question { kind: "sql", answer: sql },
    // The value at a JSON pointer of the OpenAPI file: `at=/paths/~1orders`.
    Question { kind: "openapi", answer: openapi },
];

fn expect(scene: &Scene, question: &Fence) -> String {
    let mut arguments = vec!["check", "--quiet", "--output-format", "concise"];
    let select = question.option("select").map(|it| format!("--select={it}"));
    arguments.extend(select.as_deref());
    scene.groundplan(&arguments, "")
}

fn terminal(scene: &Scene, _: &Fence) -> String {
    scene.groundplan(&["check"], "")
}

fn fixed(scene: &Scene, question: &Fence) -> String {
    scene.groundplan(&["check", "--fix", "--quiet"], "");
    let text = scene.read(scene.document(question));
    match question.option("eol") {
        // A line end that the fix spoiled shows.
        Some("crlf") => text.replace("\r\n", "\r").replace('\n', "<LF>").replace('\r', "\n"),
        _ => text,
    }
}

fn tree(scene: &Scene, question: &Fence) -> String {
    tree::outline(scene.document(question))
}

fn inspect(scene: &Scene, question: &Fence) -> String {
    let text = scene.groundplan(&["inspect"], scene.document(question).path());
    match question.option("only") {
        Some(names) => groups(&text, names),
        None => text,
    }
}

/// The groups of `names`, which are set apart by commas: a line `  name (3)` and those below it.
fn groups(text: &str, names: &str) -> String {
    let mut is_wanted = false;
    let mut kept = String::new();
    for line in text.lines().skip(1) {
        if let Some((name, _)) = heading(line) {
            is_wanted = names.split(',').any(|it| it == name);
        }
        if is_wanted {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn heading(line: &str) -> Option<(&str, &str)> {
    let text = line.strip_prefix("  ").filter(|it| it.starts_with(char::is_alphabetic))?;
    text.strip_suffix(')')?.rsplit_once(" (")
}

fn plan_text(scene: &Scene, question: &Fence) -> String {
    scene.groundplan(&["plan"], scene.document(question).path())
}

fn service(source: &Source) -> groundplan_model::ServicePlan {
    plan(&lower(source, &parse(source))).expect("the document describes a service")
}

fn sql(scene: &Scene, question: &Fence) -> String {
    let sql = groundplan_build::sqlite_schema(&service(scene.document(question))).text();
    format!("{}\n", sql.trim_end())
}

fn openapi(scene: &Scene, question: &Fence) -> String {
    let description = groundplan_build::openapi(&service(scene.document(question)));
    let at = question.option("at").unwrap_or("");
    let value = description.pointer(at).unwrap_or(&Value::Null);
    format!("{value:#}\n")
}
