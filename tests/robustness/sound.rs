//! What holds for every document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use groundplan_analysis::derive::{Options, tid};
use groundplan_analysis::{Selection, check_workspace, fmt};
use groundplan_model::provenance::{Digest, section_digests};
use groundplan_model::{Diagnostic, Document, FileSet, ServicePlan, Workspace, lower, plan};
use groundplan_syntax::{Source, Span, Tree, apply, parse};

/// No file but the document itself.
struct Nothing;

impl FileSet for Nothing {
    fn exists(&self, _: &str) -> bool {
        false
    }
}

/// Reads, checks and plans the document, and looks at every place. Names the document where a
/// phase panics.
pub(super) fn is_sound(name: &str, bytes: &[u8]) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| phases(bytes))) {
        let message = payload.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| payload.downcast_ref::<&str>().copied());
        let end = bytes.len().min(2_000);
        let text = String::from_utf8_lossy(&bytes[..end]);
        panic!("{name}: {}\n{text}", message.unwrap_or("a panic"));
    }
}

fn phases(bytes: &[u8]) {
    let source = Source::from_bytes("a.md", bytes);
    let tree = parse(&source);
    tree_is_sound(&source, &tree);
    let document = lower(&source, &tree);
    document_is_sound(&source, &document);
    if let Some(plan) = plan(&document) {
        plan_is_sound(&source, &plan);
    }
    formatting_is_sound(&source);
    let workspace = Workspace::new(vec![document], &Nothing);
    let everything = Selection { preview: true, ..Selection::default() };
    let found = check_workspace(&workspace, &everything);
    found.iter().for_each(|it| finding_is_sound(&source, it));
    for document in &workspace.documents {
        derived_is_sound(&workspace, document);
    }
}

/// Formatting says nothing else, what is formatted stays so, and no section's digest changes: what
/// was derived from a text or approved of it is as good as before. Rows of a change log may be put
/// in order, and nothing is derived from them.
fn formatting_is_sound(source: &Source) {
    let once = fmt::format(source).unwrap_or_else(|it| panic!("{it:?}"));
    let again = fmt::format(&Source::new("a.md", &once.text)).unwrap_or_else(|it| panic!("{it:?}"));
    assert_eq!(again.text, once.text, "formatted twice");
    assert!(again.changed.is_empty(), "{:?} changed what is formatted", again.changed);
    assert_eq!(digests(&once.text), digests(source.text()), "{:?} changed digests", once.changed);
}

/// The digests of all sections but those of the change log, with their headings.
fn digests(text: &str) -> Vec<(String, Digest)> {
    let source = Source::new("a.md", text);
    let sections = section_digests(&lower(&source, &parse(&source)));
    let sections = sections.into_iter().filter(|it| !it.is_log);
    sections.map(|it| (it.anchor, it.digest)).collect()
}

/// What is derived from any document is a whole document, whose questions are read as such.
fn derived_is_sound(workspace: &Workspace<'_>, document: &Document) {
    let options = Options { path: "b.md", date: "2026-11-21", author: None };
    let text = tid(workspace, document, &options).text;
    let source = Source::new("b.md", &text);
    let derived = lower(&source, &parse(&source));
    assert!(derived.sections.len() >= 30, "{} sections", derived.sections.len());
    assert_eq!(derived.problems, [], "{text}");
}

/// Whether the span is text of the source.
fn lies_in(source: &Source, span: Span, what: &str) {
    let inside = span.start <= span.end && source.text().get(span.range()).is_some();
    assert!(inside, "{what}: {span:?} is no text of {} bytes", source.text().len());
}

fn tree_is_sound(source: &Source, tree: &Tree) {
    for id in tree.descendants(tree.root()) {
        lies_in(source, tree.span(id), "a node");
        for child in tree.children(id) {
            assert!(child > id, "a child stands behind its parent");
        }
    }
    for problem in &tree.problems {
        lies_in(source, problem.span, "a problem");
    }
}

fn document_is_sound(source: &Source, document: &Document) {
    let spans = (document.sections.iter().map(|it| it.span))
        .chain(document.header.iter().flat_map(|it| [it.span, it.value.span]))
        .chain(document.endpoints.iter().flat_map(|it| [it.span, it.statement]))
        .chain(document.operations.iter().map(|it| it.span))
        .chain(document.examples.iter().map(|it| it.span))
        .chain(document.examples.iter().filter_map(|it| it.fault.as_ref()).map(|it| it.span))
        .chain(document.error_cases.iter().flat_map(|it| [it.span, it.statement]))
        .chain(document.targets.iter().flat_map(|it| [it.name.span, it.statement]))
        .chain(document.checklist.iter().flat_map(|it| [it.marker, it.text.span]))
        .chain(document.questions.iter().map(|it| it.text.span))
        .chain(document.changes.iter().map(|it| it.version.span))
        .chain(document.links.iter().map(|it| it.span))
        .chain(document.placeholders.iter().map(|it| it.text.span))
        .chain(document.policies.iter().map(|it| it.text.span))
        .chain(document.transitions.iter().map(|it| it.span))
        .chain(document.schema.tables.iter().map(|it| it.span))
        .chain(document.schema.tables.iter().flat_map(|it| &it.columns).map(|it| it.span))
        .chain(document.schema.indexes.iter().map(|it| it.span))
        .chain(document.schema.uses.iter().map(|it| it.table.span))
        .chain(document.schema.faults.iter().map(|it| it.span));
    spans.for_each(|span| lies_in(source, span, "a fact"));
}

fn plan_is_sound(source: &Source, plan: &ServicePlan) {
    for route in &plan.routes {
        lies_in(source, route.span, "a route");
        route.evidence.iter().for_each(|it| lies_in(source, it.span, "evidence"));
        if let Some(binding) = &route.binding {
            let resource = plan.resources.get(binding.resource).expect("the resource is there");
            let key = binding.key.iter().map(|it| it.column);
            key.for_each(|column| assert!(resource.column(column).is_some(), "a key's column"));
        }
    }
    plan.notes.iter().for_each(|it| lies_in(source, it.span, "a note"));
    for resource in &plan.resources {
        assert_eq!(resource.fields.len(), resource.table.columns.len(), "one field a column");
    }
    let description = groundplan_build::openapi(plan);
    assert!(description["paths"].is_object(), "an OpenAPI file has paths");
    assert!(!groundplan_build::api_page(&description).is_empty());
    groundplan_build::sqlite_schema(plan);
}

fn finding_is_sound(source: &Source, finding: &Diagnostic) {
    lies_in(source, finding.span, &finding.rule);
    assert!(!finding.message.contains('\n'), "{}: more than a line", finding.rule);
    for label in &finding.related {
        lies_in(source, label.span, &finding.rule);
    }
    if let Some(fix) = &finding.fix {
        apply(source.text(), &fix.edits).unwrap_or_else(|it| panic!("{}: {it:?}", finding.rule));
    }
}
