//! The example, run and verified against its own document; and broken on purpose, to be caught.

mod callers;
mod databases;
mod deferred;
mod files;
mod history;
mod promises;
pub(crate) mod service;
mod shapes;

use std::sync::OnceLock;

use groundplan_live::{Fault, Outcome, Report, RowResult, VerifyError};
use groundplan_model::case::RowKind;

use service::{Service, block_on, example, key_options, token_options};

/// What a row is called in these tests: `POST /api/v1/exports 201`, or `any 401`.
fn name(row: &RowResult) -> String {
    let endpoint = if row.endpoint.is_empty() { "any" } else { &row.endpoint };
    format!("{endpoint} {}", row.status)
}

fn names(report: &Report, is_it: impl Fn(&Outcome) -> bool) -> Vec<String> {
    report.rows.iter().filter(|row| is_it(&row.outcome)).map(name).collect()
}

fn failed(report: &Report) -> Vec<String> {
    names(report, |it| matches!(it, Outcome::Failed { .. }))
}

/// No row failed, and none was left out.
#[track_caller]
fn assert_all_passed(report: &Report) {
    assert_eq!(failed(report), Vec::<String>::new(), "{:#?}", report.rows);
    let others = names(report, |it| !matches!(it, Outcome::Passed));
    assert_eq!(others, Vec::<String>::new(), "{:#?}", report.rows);
}

/// The example's report with a fault; made once for all tests.
fn verified(fault: Option<Fault>) -> &'static Report {
    static MADE: [OnceLock<Report>; Fault::ALL.len() + 1] =
        [const { OnceLock::new() }; Fault::ALL.len() + 1];
    let at = fault.and_then(|fault| Fault::ALL.iter().position(|it| *it == fault));
    MADE[at.map_or(0, |at| at + 1)].get_or_init(|| {
        let service = Service::start(&example(), fault);
        service.verify(&key_options(service.url())).expect("it answers")
    })
}

#[test]
fn the_example_does_what_its_document_says() {
    let plan = example();
    let report = verified(None);
    let not_passed = names(report, |it| !matches!(it, Outcome::Passed));
    assert_eq!(not_passed, ["any 500", "any 503"], "{:#?}", report.rows);
    let documented = plan.routes.iter().map(|route| 1 + route.errors.len()).sum::<usize>();
    assert_eq!(report.rows.len(), documented + plan.error_cases.len() + 1, "and one for 405");
    assert!(report.diagnostics(&plan).is_empty());
}

/// For each fault, a row that it must break, and the text on that row's own line.
const CAUGHT: [(Fault, &str, &str); 6] = [
    (Fault::WrongStatus, "POST /api/v1/exports 201", "| POST | /api/v1/exports |"),
    (Fault::LostWrite, "POST /api/v1/datasets 201", "| POST | /api/v1/datasets |"),
    (Fault::IgnoredAuth, "any 401", "| 401 | No token"),
    (
        Fault::MissingField,
        "GET /api/v1/exports/{export_id} 200",
        "| GET | /api/v1/exports/{export_id} |",
    ),
    (Fault::WrongErrorBody, "POST /api/v1/exports 422", "| POST | /api/v1/exports |"),
    (
        Fault::ForeignRows,
        "GET /api/v1/datasets/{dataset_id} 404",
        "| GET | /api/v1/datasets/{dataset_id} |",
    ),
];

#[test]
fn every_seeded_fault_is_caught_at_the_line_that_it_breaks() {
    let plan = example();
    assert_eq!(CAUGHT.map(|(fault, _, _)| fault), Fault::ALL);
    for (fault, row, line) in CAUGHT {
        let report = verified(Some(fault));
        assert!(report.has_failed());
        assert!(failed(report).contains(&row.to_owned()), "{fault:?}: {:?}", failed(report));
        let found = report.diagnostics(&plan);
        assert_eq!(found.len(), report.counts().failed, "{fault:?}");
        let at_line = |it: &&groundplan_model::Diagnostic| {
            let whole = plan.source.line_of(it.span.range().start);
            plan.source.slice(whole).starts_with(line)
        };
        let there = found.iter().find(at_line);
        let there = there.unwrap_or_else(|| panic!("{fault:?}: nothing at {line}: {found:#?}"));
        assert_eq!(there.rule, "verify-failed");
        assert!(there.help.as_ref().is_some_and(|help| help.contains("curl -i -X")));
    }
}

#[test]
fn a_fault_breaks_no_row_that_it_does_not_concern() {
    let auth = verified(Some(Fault::IgnoredAuth));
    assert_eq!(failed(auth), ["any 401"]);
    let lost = verified(Some(Fault::LostWrite));
    assert_eq!(failed(lost), ["POST /api/v1/datasets 201"]);
    let status = verified(Some(Fault::WrongStatus));
    assert!(failed(status).iter().all(|row| row.ends_with(" 201")), "{:?}", failed(status));
}

#[test]
fn a_failure_says_what_came_and_what_the_document_says() {
    let plan = example();
    let report = verified(Some(Fault::WrongStatus));
    let found = report.diagnostics(&plan);
    let message = &found.first().expect("creates are broken").message;
    assert!(
        message.starts_with(
            "POST /api/v1/datasets with required members only answered 200, the document says 201"
        ),
        "{message}"
    );
    assert!(message.ends_with("one other request contradicts this row as well"), "{message}");
}

#[test]
fn a_broken_refusal_points_to_the_rule_and_to_the_row_of_all_errors() {
    let plan = example();
    let report = verified(Some(Fault::ForeignRows));
    let is_it = |row: &&RowResult| name(row) == "POST /api/v1/exports 422";
    let row = report.rows.iter().find(is_it).expect("the row is there");
    assert!(matches!(row.kind, RowKind::EndpointError(_)));
    let found = report.diagnostics(&plan);
    let found = found.iter().find(|it| it.span == row.span).expect("it is found");
    let texts: Vec<&str> = found.related.iter().map(|it| plan.source.slice(it.span)).collect();
    assert!(texts.contains(&"datasets"), "{texts:?}");
    assert!(texts.contains(&"422"), "{texts:?}");
}

#[test]
fn two_runs_against_one_service_give_the_same_verdicts() {
    let plan = example();
    let service = Service::start(&plan, None);
    let run = || service.verify(&key_options(service.url())).expect("it answers");
    assert_eq!(run(), run());
}

#[test]
fn with_one_token_only_what_needs_another_caller_is_left_out() {
    let plan = example();
    let service = Service::start(&plan, None);
    let report = service.verify(&token_options(service.url(), "tester")).expect("it answers");
    assert_eq!(failed(&report), Vec::<String>::new(), "{:#?}", report.rows);
    let row = report.rows.iter().find(|row| name(row) == "GET /api/v1/datasets/{dataset_id} 404");
    let detail = &row.expect("the row is there").detail;
    assert!(detail.contains("another caller needs the signing key"), "{detail}");
}

#[test]
fn without_key_and_token_nothing_passes_that_needs_a_caller() {
    let plan = example();
    let service = Service::start(&plan, None);
    let mut options = key_options(service.url());
    options.key = None;
    let report = service.verify(&options).expect("it answers");
    let passed = names(&report, |it| matches!(it, Outcome::Passed));
    assert_eq!(passed, ["any 401"], "{:#?}", report.rows);
}

#[test]
fn a_wrong_key_fails_and_does_not_pass() {
    let plan = example();
    let service = Service::start(&plan, None);
    let mut options = key_options(service.url());
    options.key = Some(b"another key of thirty-two bytes!!".to_vec());
    let report = service.verify(&options).expect("it answers");
    assert!(failed(&report).contains(&"POST /api/v1/datasets 201".to_owned()));
}

#[test]
fn an_address_where_nobody_answers_is_an_error_with_the_way_out() {
    let plan = example();
    let errors = |url: &str| {
        let options = key_options(url.to_owned());
        block_on(groundplan_live::verify(&plan, &options)).expect_err("there is no service")
    };
    let nobody = errors("http://127.0.0.1:9");
    assert!(matches!(nobody, VerifyError::Unreachable { .. }), "{nobody}");
    assert!(nobody.to_string().contains("start it, or give its address"), "{nobody}");
    assert!(matches!(errors("https://127.0.0.1:9"), VerifyError::Tls { .. }));
    assert!(matches!(errors("ftp://127.0.0.1"), VerifyError::Address { .. }));
    assert!(matches!(errors("not an address"), VerifyError::Address { .. }));
}
