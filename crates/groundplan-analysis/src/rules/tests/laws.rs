//! The laws of the registry.

use std::collections::BTreeSet;

use groundplan_model::{Severity, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::page::parts;
use crate::rules::{ALL, rule};
use crate::{Selection, check_workspace, manual};

/// Names of the files with this ending in the folder of rules, without it.
#[expect(clippy::disallowed_methods, reason = "the law is about files")]
fn files(ending: &str) -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
    let entries = std::fs::read_dir(folder).expect("the folder of rules");
    let names = entries.map(|it| it.expect("an entry").file_name().into_string().expect("UTF-8"));
    names.filter_map(|name| Some(name.strip_suffix(ending)?.replace('_', "-"))).collect()
}

#[test]
fn the_folder_equals_the_list() {
    let listed: BTreeSet<String> = ALL.iter().map(|rule| rule.name.to_owned()).collect();
    let mut code = files(".rs");
    code.remove("tests");
    assert_eq!(listed, code);
    assert_eq!(listed, files(".md"));
    assert_eq!(listed.len(), ALL.len(), "two rules have one name");
}

#[test]
fn names_and_groups_never_clash() {
    for it in ALL {
        assert!(rule(it.group).is_none(), "`{}` is a group and a rule", it.group);
        assert_eq!(rule(it.name).map(|found| found.name), Some(it.name));
    }
}

#[test]
fn every_page_has_its_name_its_parts_and_one_sentence() {
    for rule in ALL {
        let mut lines = rule.page.lines();
        assert_eq!(lines.next(), Some(format!("# {}", rule.name).as_str()));
        assert_eq!(lines.next(), Some(""));
        let summary = lines.next().unwrap_or("");
        assert!(summary.starts_with(char::is_uppercase) && !summary.is_empty(), "{}", rule.name);
        let titles: Vec<String> = parts(rule.page).into_iter().map(|part| part.title).collect();
        assert_eq!(titles, ["Why", "Example", "Use instead"], "{}", rule.name);
    }
}

#[test]
fn a_rule_with_a_fix_shows_it() {
    for rule in ALL {
        let has_fixed = parts(rule.page).iter().any(|part| part.fence("fixed").is_some());
        assert_eq!(has_fixed, rule.fix != crate::FixKind::None, "{}", rule.name);
    }
}

#[test]
fn the_manual_holds_every_page_and_no_second_title() {
    let text = manual();
    for rule in ALL {
        assert!(text.contains(&format!("\n## {}\n", rule.name)), "{}", rule.name);
    }
    let source = Source::new("rules.md", &text);
    let document = lower(&source, &parse(&source));
    let titles = document.sections.iter().filter(|section| section.level == 1).count();
    assert_eq!(titles, 1, "an example's heading leaked out of its fence");
}

#[test]
fn ignored_rules_are_silent_and_selected_groups_are_not() {
    let source = Source::new("a.md", "# A\n\n[x](b.md)\n\n```\nopen\n");
    let document = lower(&source, &parse(&source));
    let workspace = Workspace::new(vec![document], &super::laws::Nothing);
    let names = |select: &[&str], ignore: &[&str]| {
        let own = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let selection =
            Selection { select: own(select), ignore: own(ignore), ..Selection::default() };
        let found = check_workspace(&workspace, &selection);
        found.iter().map(|it| it.rule.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&[], &[]), ["broken-link", "unclosed-fence"]);
    assert_eq!(names(&["markdown"], &[]), ["unclosed-fence"]);
    assert_eq!(names(&["markdown", "broken-link"], &["unclosed-fence"]), ["broken-link"]);
}

/// No file exists.
pub(super) struct Nothing;

impl groundplan_model::FileSet for Nothing {
    fn exists(&self, _path: &str) -> bool {
        false
    }
}

#[test]
fn names_that_are_neither_rule_nor_group_are_told() {
    let select = vec!["markdown".to_owned(), "broken-lnk".to_owned()];
    let selection = Selection {
        select,
        ignore: vec!["broken-link".to_owned()],
        preview: true,
        ..Selection::default()
    };
    assert_eq!(selection.unknown(), ["broken-lnk"]);
}

#[test]
fn a_gap_matters_as_much_as_the_status_claims() {
    let severity = |status: &str| {
        let text = format!("# A\n\n**Status**: {status}\n\n## Purpose\n\n[Describe the purpose]\n");
        let source = Source::new("a.md", &text);
        let workspace = Workspace::new(vec![lower(&source, &parse(&source))], &Nothing);
        let found = check_workspace(&workspace, &Selection::default());
        found.iter().find(|it| it.rule == "placeholder-left").map(|it| it.severity)
    };
    assert_eq!(severity("Draft"), Some(Severity::Info));
    assert_eq!(severity("In Review"), Some(Severity::Warning));
    assert_eq!(severity("Approved"), Some(Severity::Error));
}
