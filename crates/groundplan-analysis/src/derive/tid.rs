//! An implementation document from a design, in its ten parts.
//!
//! Each part is a file of its own and carries over what the design states about it. The headings are
//! those of the template `tid`, so that both are checked by one schema.

mod algorithms;
mod classes;
mod configuration;
mod deployment;
mod examples;
mod integration;
mod performance;
mod shape;
mod strategy;
mod structure;
mod testing;
mod tools;

use groundplan_model::document::Concept;
use groundplan_model::paths::{link_encode, relative};
use groundplan_model::profile::Kind;
use groundplan_model::{Chains, Document, Workspace};

use super::design::Design;
use super::layout::{Entry, Layout, files};
use super::page::{Page, gap};
use super::{Derived, Options};

/// The design, and what was worked out about it before the first line is written.
struct Context<'a> {
    design: Design<'a>,
    layout: Layout,
    files: Vec<Entry>,
}

impl Context<'_> {
    /// The path of the first file whose name holds `word`, in backticks.
    fn file(&self, word: &str) -> Option<String> {
        let name = |it: &&Entry| groundplan_model::paths::file_name(&it.path).contains(word);
        self.files.iter().find(name).map(|it| format!("`{}`", it.path))
    }
}

/// Writes one part.
type Part = fn(&Context<'_>, &mut Page<'_>);

/// The parts, in order.
static PARTS: [(&str, Part); 10] = [
    ("Implementation Strategy", strategy::write),
    ("Code Structure", structure::write),
    ("Key Algorithms", algorithms::write),
    ("Integration Points", integration::write),
    ("Configuration", configuration::write),
    ("Testing Implementation", testing::write),
    ("Development Tools", tools::write),
    ("Code Examples", examples::write),
    ("Performance Implementation", performance::write),
    ("Deployment Considerations", deployment::write),
];

/// The implementation document of `design`: the same bytes for the same input.
pub fn tid(workspace: &Workspace<'_>, design: &Document, options: &Options<'_>) -> Derived {
    let read = Design::new(design);
    let layout = Layout::of(&read, workspace);
    let files = files(&read, &layout);
    let context = Context { design: read, layout, files };
    let mut page = Page::new(design, options);
    head(&context, workspace, options, &mut page);
    for (at, (title, write)) in PARTS.iter().enumerate() {
        page.heading(2, &format!("{}. {title}", at + 1));
        write(&context, &mut page);
    }
    questions(&context, &mut page);
    end(options, &mut page);
    let (text, source) = page.finish();
    Derived { text, sources: vec![source] }
}

fn head(
    context: &Context<'_>,
    workspace: &Workspace<'_>,
    options: &Options<'_>,
    page: &mut Page<'_>,
) {
    let design = &context.design;
    page.heading(1, &format!("Technical Implementation Document: {}", design.feature()));
    let title = design.document.title.as_ref().map_or("design", |it| &it.text);
    let title = title.replace(['[', ']'], "");
    let version = design.document.field("version").map(|it| format!(", version {}", it.value.text));
    let author = options.author.map_or_else(|| gap("who writes this document?"), str::to_owned);
    let mut fields = vec![
        ("Status".to_owned(), "Draft".to_owned()),
        ("Created".to_owned(), options.date.to_owned()),
        ("Last Updated".to_owned(), options.date.to_owned()),
        ("Author".to_owned(), author),
    ];
    let link = format!("[{title}]({}){}", page.design_link(), version.unwrap_or_default());
    fields.push(("Design".to_owned(), link));
    fields.extend(requirements(workspace, design.document, options));
    let lines: Vec<String> = fields.iter().map(|(key, it)| format!("**{key}**: {it}  ")).collect();
    page.say(&lines.join("\n"));
    page.say(
        "This document says how the design is built. What the design states is carried over with a \
         link to its place; what it leaves open stands here as a question.",
    );
}

/// The requirements that stand in one chain with the design.
fn requirements(
    workspace: &Workspace<'_>,
    design: &Document,
    options: &Options<'_>,
) -> Option<(String, String)> {
    let documents = &workspace.documents;
    let own = documents.iter().position(|it| it.source.path() == design.source.path())?;
    let chains = Chains::of(documents);
    let members = chains.chain_of(own)?.members.iter().filter_map(|it| documents.get(it.index));
    let is_prd = |it: &&Document| matches!(it.classification.kind, Kind::Prd | Kind::Requirements);
    let prd = members.into_iter().find(is_prd)?;
    let title = prd.title.as_ref().map_or(prd.source.path(), |it| &it.text).replace(['[', ']'], "");
    let link = link_encode(&relative(options.path, prd.source.path()));
    Some(("Requirements".to_owned(), format!("[{title}]({link})")))
}

/// Questions of the design that nobody answered.
fn questions(context: &Context<'_>, page: &mut Page<'_>) {
    let open = context.design.document.questions.iter().filter(|it| !it.answered);
    let items: Vec<String> = open
        .map(|it| {
            let words = context.design.words(it.text.span);
            format!("{} ({})", gap(&words.replace("**", "")), page.cite(it.text.span.start))
        })
        .collect();
    if !items.is_empty() {
        page.heading(2, "Open Questions of the Design");
        page.list(&items);
    }
}

fn end(options: &Options<'_>, page: &mut Page<'_>) {
    page.heading(2, "Next Steps");
    page.steps(&[
        "Answer the questions marked `TBD`; `groundplan check` names the line of each.".to_owned(),
        "Go through this document with those who will build it.".to_owned(),
        "Derive the task list: `groundplan tasks`.".to_owned(),
        "Build in the order that part 1 gives.".to_owned(),
    ]);
    page.heading(2, "Quality Checklist");
    page.list(&CHECKS.map(|it| format!("[ ] {it}")));
    page.heading(2, "Change Log");
    let row = [options.date, "0.1", options.author.unwrap_or("-"), "Derived from the design"];
    page.table(&["Date", "Version", "Author", "Changes"], &[row.map(str::to_owned).to_vec()]);
}

/// What a reader may expect of each part.
const CHECKS: [&str; 10] = [
    "The implementation strategy is clear and follows patterns that the code base has",
    "The code structure can be maintained and tested",
    "Key algorithms are worked out, with their complexity",
    "Every integration point says how it is implemented",
    "Configuration is complete, and secrets are handled safely",
    "Tests cover units, integration and whole flows",
    "Tools and scripts make the work quick",
    "Code examples show the patterns as they are meant",
    "Performance work answers the bottlenecks that are known",
    "Deployment meets what production needs",
];

/// A list of what is stated under `titles`, each with its source; `false` where nothing is.
fn carry(context: &Context<'_>, page: &mut Page<'_>, titles: &[&str]) -> bool {
    let items: Vec<String> = context
        .design
        .items(titles)
        .iter()
        .map(|it| format!("{} ({})", context.design.words(it.span), page.cite(it.span.start)))
        .collect();
    page.list(&items);
    !items.is_empty()
}

/// The place of the first section of `concept`, as a citation.
fn cite_section(context: &Context<'_>, page: &Page<'_>, concept: Concept) -> Option<String> {
    context.design.section(concept).map(|at| page.cite(at))
}
