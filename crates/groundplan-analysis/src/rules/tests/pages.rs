//! Every page's examples: what fires, what is silent, and what the fix makes of it.

use std::fmt::Write;
use std::path::PathBuf;

use groundplan_model::code::read_code;
use groundplan_model::{Approvals, Certainty, Diagnostic, FileSet, Workspace, lower};
use groundplan_syntax::{Edit, Source, apply, parse};

use super::page::{Fence, Part, parts};
use crate::rules::{ALL, FixKind, Rule};
use crate::{Selection, apply_fixes, check_workspace};

/// The paths of the documents themselves; nothing else exists.
struct Given(Vec<String>);

impl FileSet for Given {
    fn exists(&self, path: &str) -> bool {
        let inside = |it: &String| it == path || it.starts_with(&format!("{path}/"));
        self.0.iter().any(inside)
    }
}

pub(super) fn check(sources: &[Source]) -> Vec<Diagnostic> {
    let files = Given(sources.iter().map(|source| source.path().to_owned()).collect());
    let (more, texts): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|it| it.path().ends_with(".toml") || it.path().ends_with(".yaml"));
    let documents = texts.iter().map(|source| lower(source, &parse(source))).collect();
    let (contracts, more): (Vec<&Source>, Vec<&Source>) =
        more.into_iter().partition(|source| source.path().ends_with(".yaml"));
    let contracts = contracts.iter().filter_map(|it| read_code(it.path(), it.text())).collect();
    let approvals = more.first().and_then(|it| Approvals::parse(it.text()).ok());
    let workspace = Workspace::new(documents, &files)
        .with_approvals(approvals.unwrap_or_default())
        .with_contracts(contracts);
    let everything = Selection { preview: true, require_reasons: true, ..Selection::default() };
    check_workspace(&workspace, &everything)
}

fn of_rule<'a>(rule: &Rule, found: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    found.iter().filter(|it| it.rule == rule.name).collect()
}

/// The findings as the pages show them.
fn written(found: &[&Diagnostic], sources: &[Source]) -> String {
    let place = |path: &str, offset: u32| {
        let source = sources.iter().find(|source| source.path() == path).expect(path);
        let position = source.position(offset as usize);
        format!("{path}:{}:{}", position.line, position.column)
    };
    let mut text = String::new();
    for it in found {
        let severity = it.severity.as_str();
        writeln!(text, "{severity}[{}]: {}", it.rule, it.message).expect("a String");
        writeln!(text, " --> {}", place(&it.path, it.span.start)).expect("a String");
        for label in &it.related {
            let place = place(&label.path, label.span.start);
            writeln!(text, "  = related: {place}: {}", label.message).expect("a String");
        }
        if let Some(help) = &it.help {
            writeln!(text, "  = help: {help}").expect("a String");
        }
    }
    text
}

fn part<'a>(parts: &'a [Part], rule: &Rule, title: &str) -> &'a Part {
    let found = parts.iter().find(|part| part.title == title);
    found.unwrap_or_else(|| panic!("{} has no section `{title}`", rule.name))
}

/// The text of the document that a `fixed` fence is about, after its fixes.
fn fixed(rule: &Rule, fence: &Fence, sources: &[Source]) -> String {
    let path = fence.option("path").expect("a fixed fence names its document");
    let source = sources.iter().find(|source| source.path() == path).expect(path);
    let own: Vec<Diagnostic> = of_rule(rule, &check(sources)).into_iter().cloned().collect();
    apply_fixes(source, &own, rule.fix == FixKind::Unsafe).text
}

/// `UPDATE=1` puts the new contents into the page.
#[expect(clippy::disallowed_methods, reason = "the pages are rewritten on demand")]
fn update(rule: &Rule, changes: &[(&Fence, String)]) -> bool {
    if std::env::var("UPDATE").as_deref() != Ok("1") {
        return false;
    }
    let edits: Vec<Edit> =
        changes.iter().map(|(fence, text)| Edit::replace(fence.span, text.as_str())).collect();
    let page = apply(rule.page, &edits).expect("fences do not overlap");
    let name = format!("src/rules/{}.md", rule.name.replace('-', "_"));
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::write(path, page).expect("the page can be written");
    true
}

#[test]
fn every_example_gives_the_findings_of_its_page() {
    let mut stale = Vec::new();
    for rule in ALL {
        let parts = parts(rule.page);
        let example = part(&parts, rule, "Example");
        let sources = example.inputs();
        let found = check(&sources);
        let own = of_rule(rule, &found);
        assert!(!own.is_empty(), "the example of {} fires nothing", rule.name);
        let expect = example.fence("expect").expect("an expect fence");
        let mut changes = vec![(expect, written(&own, &sources))];
        if let Some(fence) = example.fence("fixed") {
            changes.push((fence, fixed(rule, fence, &sources)));
        }
        changes.retain(|(fence, text)| fence.content != *text);
        if !changes.is_empty() && !update(rule, &changes) {
            let texts = changes.iter().map(|(fence, text)| format!("{}:\n{text}", fence.kind));
            stale.push(format!("{}: {}", rule.name, texts.collect::<Vec<_>>().join("\n")));
        }
    }
    assert!(stale.is_empty(), "UPDATE=1 rewrites the pages\n{}", stale.join("\n"));
}

#[test]
fn the_example_of_what_to_use_instead_is_silent() {
    for rule in ALL {
        let parts = parts(rule.page);
        let sources = part(&parts, rule, "Use instead").inputs();
        assert!(!sources.is_empty(), "{} shows nothing to use instead", rule.name);
        let found = check(&sources);
        let all: Vec<&Diagnostic> = found.iter().collect();
        assert!(found.is_empty(), "{}:\n{}", rule.name, written(&all, &sources));
    }
}

#[test]
fn a_fix_silences_its_finding_and_keeps_the_others() {
    for rule in ALL.iter().filter(|rule| rule.fix != FixKind::None) {
        let parts = parts(rule.page);
        let sources = part(&parts, rule, "Example").inputs();
        let before = check(&sources);
        let fixable = |it: &&Diagnostic| {
            let fix = it.fix.as_ref();
            fix.is_some_and(|it| rule.fix == FixKind::Unsafe || it.certainty == Certainty::Stated)
        };
        let mended = of_rule(rule, &before).into_iter().filter(fixable).count();
        assert!(mended > 0, "the example of {} shows no fix", rule.name);
        let own: Vec<Diagnostic> = of_rule(rule, &before).into_iter().cloned().collect();
        let apply = |source: &Source| {
            let text = apply_fixes(source, &own, rule.fix == FixKind::Unsafe).text;
            Source::new(source.path(), &text)
        };
        let after = check(&sources.iter().map(apply).collect::<Vec<_>>());
        assert_eq!(of_rule(rule, &after).len(), own.len() - mended, "{}", rule.name);
        assert_eq!(others(rule, &after), others(rule, &before), "{}", rule.name);
    }
}

/// The findings of all other rules, without their places.
fn others<'f>(rule: &Rule, found: &'f [Diagnostic]) -> Vec<(&'f str, String)> {
    let others = found.iter().filter(|it| it.rule != rule.name);
    others.map(|it| (&*it.rule, it.message.clone())).collect()
}

#[test]
fn a_rule_reports_fixes_of_the_kind_that_it_names_only() {
    for rule in ALL {
        let sources = part(&parts(rule.page), rule, "Example").inputs();
        for found in of_rule(rule, &check(&sources)) {
            let kind = found.fix.as_ref().map(|fix| fix.certainty == Certainty::Stated);
            let fits = match kind {
                None => true,
                Some(true) => rule.fix == FixKind::Safe,
                // A rule with certain fixes may know probable ones as well.
                Some(false) => rule.fix != FixKind::None,
            };
            assert!(fits, "{}: {}", rule.name, found.message);
        }
    }
}
