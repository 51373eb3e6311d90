//! Rules of a team, each on the smallest document that breaks it.

use std::sync::Arc;

use groundplan_model::profile::Kind;
use groundplan_model::{FileSet, Severity, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::*;
use crate::{Selection, check_workspace};

struct Nothing;

impl FileSet for Nothing {
    fn exists(&self, _: &str) -> bool {
        true
    }
}

fn rule(demand: Demand) -> TeamRule {
    TeamRule {
        name: "team/ours".to_owned(),
        kinds: Vec::new(),
        severity: Severity::Warning,
        message: None,
        help: None,
        demands: vec![demand],
    }
}

/// "line: message" of what the team's rules find under a selection.
fn found_under(selection: &Selection, text: &str) -> Vec<String> {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let workspace = Workspace::new(vec![document], &Nothing);
    let found = check_workspace(&workspace, selection);
    let own = found.iter().filter(|it| it.rule.starts_with("team/"));
    let line = |it: &Diagnostic| format!("{}: {}", source.line(it.span.start as usize), it.message);
    own.map(line).collect()
}

fn found(demand: Demand, text: &str) -> Vec<String> {
    found_under(&Selection { team: vec![Arc::new(rule(demand))], ..Selection::default() }, text)
}

fn column(column: ColumnDemand) -> Demand {
    let columns = vec![column.title.clone()];
    Demand::Table(TableDemand { heading: None, columns, cells: vec![column] })
}

fn titled(title: &str) -> ColumnDemand {
    ColumnDemand { title: title.to_owned(), ..ColumnDemand::default() }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

const ALERTS: &str = "# A\n\n## 3. Alerts\n\n| Alert | Level | Runbook |\n|---|---|---|\n\
    | Slow | P1 | https://a.example/1 |\n| Down | P9 |  |\n| Down | P2 | later |\n";

#[test]
fn a_table_without_a_column_is_reported_and_a_section_without_a_table_is_too() {
    let demand = |heading: &str| {
        let heading = Some(heading.to_owned());
        let columns = words(&["Alert", "Owner"]);
        Demand::Table(TableDemand { heading, columns, cells: Vec::new() })
    };
    assert_eq!(found(demand("alerts"), ALERTS), ["5: the table has no column `Owner`"]);
    let text = "# A\n\n## Alerts\n\nNone.\n";
    assert_eq!(found(demand("Alerts"), text), ["3: the section `Alerts` has no table"]);
    assert_eq!(found(demand("Jobs"), ALERTS), [""; 0]);
}

#[test]
fn cells_are_held_to_what_their_column_asks_for() {
    let required = ColumnDemand { required: true, ..titled("Runbook") };
    let empty = ["8: a cell of the column `Runbook` is empty"];
    assert_eq!(found(column(required), ALERTS), empty);
    let one_of = ColumnDemand { one_of: words(&["P1", "p2"]), ..titled("level") };
    assert_eq!(found(column(one_of), ALERTS), ["8: the column `level` says `P9`"]);
    let pattern = Some(Pattern::parse("https://.+").expect("a pattern"));
    let pattern = ColumnDemand { pattern, ..titled("Runbook") };
    assert_eq!(found(column(pattern), ALERTS), ["9: the column `Runbook` says `later`"]);
    let unique = ColumnDemand { unique: true, ..titled("Alert") };
    assert_eq!(found(column(unique), ALERTS), ["9: the column `Alert` says `Down` twice"]);
    let sorted = ColumnDemand { sorted: true, ..titled("Alert") };
    let order = ["8: the column `Alert` is not sorted: `Down` stands behind `Slow`"];
    assert_eq!(found(column(sorted), ALERTS), order);
}

#[test]
fn numbers_are_sorted_by_size_and_other_cells_are_no_numbers() {
    let text = "# A\n\n| Step |\n|---|\n| 2 |\n| 10 |\n| x |\n";
    let demand = ColumnDemand { number: true, ..titled("Step") };
    assert_eq!(found(column(demand), text), ["7: the column `Step` says `x`, which is no number"]);
    let sorted = ColumnDemand { sorted: true, ..titled("Step") };
    assert_eq!(found(column(sorted), text), [""; 0]);
}

#[test]
fn a_cell_that_names_nothing_of_the_document_is_reported() {
    let text = "# A\n\n## Orders\n\n| Part |\n|---|\n| Orders, Stock |\n";
    let references = Some(Defined::Sections);
    let demand = ColumnDemand { references, ..titled("Part") };
    assert_eq!(found(column(demand), text), ["7: `Stock` is none of the document's sections"]);
}

#[test]
fn sections_that_are_missing_or_out_of_order_are_reported() {
    let required = words(&["Rollout", "Rollback", "Alerts"]);
    let demand = Demand::Sections(SectionsDemand { required, order: true });
    let text = "# A\n\n## 1. Rollback\n\nb\n\n## 2. Rollout\n\na\n";
    let expected = [
        "1: the section `Alerts` is missing",
        "3: the section `1. Rollback` stands before `2. Rollout`",
    ];
    assert_eq!(found(demand, text), expected);
}

#[test]
fn keys_of_the_header_are_there_and_say_what_they_may() {
    let demand = || {
        Demand::Header(HeaderDemand {
            required: words(&["Owner", "Team"]),
            one_of: vec![("Tier".to_owned(), words(&["1", "2"]))],
            pattern: vec![("Ticket".to_owned(), Pattern::parse("[A-Z]+-[0-9]+").expect("one"))],
        })
    };
    let text = "# A\n\n**Owner**: Kim\n**Tier**: 3\n**Ticket**: X1\n\n## B\n\nb\n";
    let expected = [
        "1: the header has no `Team`",
        "4: the header's `Tier` is `3`",
        "5: the header's `Ticket` is `X1`",
    ];
    assert_eq!(found(demand(), text), expected);
    let good =
        "# A\n\n**Owner**: Kim\n**Team**: Orders\n**Tier**: 2\n**Ticket**: AB-12\n\n## B\n\nb\n";
    assert_eq!(found(demand(), good), [""; 0]);
}

#[test]
fn forbidden_words_stand_alone_and_outside_of_code() {
    let text = "# A\n\nThe size is tbd, TBDs are not.\n\n`TBD`\n\n```\nTBD\n```\n";
    assert_eq!(found(Demand::Forbid(words(&["TBD"])), text), ["3: the text says `TBD`"]);
}

#[test]
fn a_rule_says_what_the_team_says_and_counts_for_its_kinds_only() {
    let mut own = rule(Demand::Forbid(words(&["TBD"])));
    own.message = Some("decide before review".to_owned());
    let selection = |own: &TeamRule| {
        let team = vec![Arc::new(own.clone())];
        Selection { team, ..Selection::default() }
    };
    let text = "# A\n\nTBD\n";
    let said = ["3: decide before review: the text says `TBD`"];
    assert_eq!(found_under(&selection(&own), text), said);
    own.kinds = vec![Kind::TaskList];
    assert_eq!(found_under(&selection(&own), text), [""; 0]);
}

#[test]
fn a_rule_of_a_team_is_selected_ignored_and_weighed_as_all_others() {
    let text = "# A\n\nTBD\n";
    let with = |selection: Selection| {
        let team = vec![Arc::new(rule(Demand::Forbid(words(&["TBD"]))))];
        found_under(&Selection { team, ..selection }, text).len()
    };
    let none = Selection::default();
    assert_eq!(with(Selection { select: words(&["markdown"]), ..none.clone() }), 0);
    assert_eq!(with(Selection { select: words(&["team/ours"]), ..none.clone() }), 1);
    assert_eq!(with(Selection { ignore: words(&["team"]), ..none.clone() }), 0);
    let off = vec![("team/ours".to_owned(), None)];
    assert_eq!(with(Selection { severity: off, ..none }), 0);
}

#[test]
fn a_pattern_that_cannot_be_read_says_why() {
    assert!(Pattern::parse("(").is_err_and(|it| it.contains("unclosed group")));
    assert_eq!(Pattern::parse("a|b").expect("a pattern").text(), "a|b");
}
