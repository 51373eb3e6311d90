//! Running the rules: on each document alone, then on all of them linked.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use groundplan_model::{Diagnostic, Document, Linked, Outline, Template, Workspace};

use crate::index::Index;
use crate::rules::{ALL, Check};
use crate::suppression::{Suppressed, Suppressions};
use crate::{Context, Findings, LinkedContext, Selection, custom};

/// Every finding in `document` of the selected rules that look at one document by itself, in order.
pub fn check_alone(
    document: &Document,
    templates: &[Template],
    selection: &Selection,
) -> Vec<Diagnostic> {
    let context = Context::new(document, templates);
    let path = Arc::from(document.source.path());
    let mut found = Vec::new();
    for rule in ALL.iter().filter(|rule| selection.includes(rule)) {
        let Check::Document(check) = rule.check else { continue };
        let mut findings = Findings::new(rule, &path, document.status.as_ref());
        check(&context, &mut findings);
        let mut own = findings.into_diagnostics();
        selection.weigh(rule.name, rule.group, &mut own);
        found.append(&mut own);
    }
    found.append(&mut team(document, selection));
    sort(&mut found);
    found
}

/// Every finding of the team's own rules in `document`.
fn team(document: &Document, selection: &Selection) -> Vec<Diagnostic> {
    let rules = selection.team.iter().filter(|rule| selection.includes_team(rule));
    let mut found = custom::check(rules.map(|rule| &**rule), document);
    found.iter_mut().for_each(|it| {
        let name = it.rule.clone();
        selection.weigh(&name, custom::GROUP, std::slice::from_mut(it));
    });
    found
}

/// Checks outlines of one workspace against one another; what rules ask about all of them is looked
/// up once. Shared by threads.
pub struct Checker<'a> {
    linked: &'a Linked<'a>,
    index: Index<'a>,
}

impl<'a> Checker<'a> {
    /// A checker of `linked`.
    pub fn new(linked: &'a Linked<'a>) -> Self {
        Self { linked, index: Index::new(linked) }
    }

    /// Every finding in `outline` of the selected rules that look at linked documents, in order.
    pub fn check(&self, outline: &Outline, selection: &Selection) -> Vec<Diagnostic> {
        let context = LinkedContext::new(self.linked, outline, &self.index);
        let path = Arc::from(outline.path.as_str());
        let mut found = Vec::new();
        for rule in ALL.iter().filter(|rule| selection.includes(rule)) {
            let Check::Linked(check) = rule.check else { continue };
            let mut findings = Findings::new(rule, &path, outline.status.as_ref());
            check(&context, &mut findings);
            let mut own = findings.into_diagnostics();
            selection.weigh(rule.name, rule.group, &mut own);
            found.append(&mut own);
        }
        sort(&mut found);
        found
    }
}

/// Every finding of the selected rules in the documents of `workspace` that no comment suppresses, by
/// path and place.
pub fn check_workspace(workspace: &Workspace<'_>, selection: &Selection) -> Vec<Diagnostic> {
    let alone = |document| check_alone(document, workspace.templates, selection);
    let mut found: Vec<Diagnostic> = workspace.documents.iter().flat_map(alone).collect();
    let linked = workspace.link();
    let checker = Checker::new(&linked);
    found.extend(linked.outlines.iter().flat_map(|it| checker.check(it, selection)));
    let comments =
        |document: &Document| (document.source.path().to_owned(), Suppressions::of(document));
    let comments = workspace.documents.iter().map(comments);
    apply_comments(found, comments, |_| selection).0
}

/// Parts all findings of a workspace, in any order, into those to be shown and those that comments
/// suppress, both sorted. `comments` are those of the documents, by path; `ran` says which rules were
/// run on the document at a path.
pub fn apply_comments<S: Deref<Target = Selection>>(
    findings: Vec<Diagnostic>,
    comments: impl IntoIterator<Item = (String, Suppressions)>,
    ran: impl Fn(&str) -> S,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let comments = comments.into_iter().filter(|it| !it.1.is_empty());
    let mut commented: BTreeMap<String, (Suppressions, Vec<Diagnostic>)> =
        comments.map(|(path, comments)| (path, (comments, Vec::new()))).collect();
    let mut shown = Vec::with_capacity(findings.len());
    let mut suppressed = Vec::new();
    for finding in findings {
        match commented.get_mut(&*finding.path) {
            Some((_, own)) => own.push(finding),
            None => shown.push(finding),
        }
    }
    for (path, (comments, mut own)) in commented {
        sort(&mut own);
        let applied = comments.apply(&path, own, &ran(&path));
        shown.extend(applied.kept);
        shown.extend(applied.unused);
        suppressed.extend(applied.suppressed);
    }
    sort(&mut shown);
    (shown, suppressed)
}

/// Sorts findings by path, place and rule.
pub fn sort(findings: &mut [Diagnostic]) {
    findings.sort_by(|one, other| place(one).cmp(&place(other)));
}

fn place(diagnostic: &Diagnostic) -> (&str, u32, u32, &str, &str) {
    let Diagnostic { path, span, rule, message, .. } = diagnostic;
    (path, span.start, span.end, rule, message)
}
