//! Calls of other services in rule blocks.

use groundplan_syntax::{Source, parse};

use crate::case::{Cases, Seed};
use crate::document::Method;
use crate::service::{
    AnswerMember, Expression, NoteLevel, Operation, Otherwise, OutsideCall, Piece, ServicePlan,
    Step, ValueKind,
};
use crate::{lower, plan};

/// Orders with a status, and a catalogue that another company runs.
const SHOP: &str = "# Shop\n\n## Data\n\n```sql\n\
    CREATE TABLE orders (\n  id INTEGER PRIMARY KEY,\n  name TEXT NOT NULL,\n  title TEXT,\n  \
    price NUMERIC(8,2),\n  tags JSONB,\n  checked_at TIMESTAMPTZ\n);\n```\n\n\
    ## Service Dependencies\n\n| Service | Integration Type | Timeout | Retries |\n|---|---|---|---|\n\
    | Outside Catalog | REST | 2 s | 2, after 10 ms |\n\n## API\n\n\
    | Method | Endpoint | Response |\n|---|---|---|\n\
    | POST | /orders | 201: Order |\n| GET | /orders | 200: Order[] |\n\
    | POST | /orders/{id}/enrich | 200: Order |\n\n";

fn planned(rule: &str, rest: &str) -> ServicePlan {
    let text = format!("{SHOP}```rule POST /orders/{{id}}/enrich\n{rule}\n```\n\n{rest}");
    let source = Source::new("design.md", &text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

fn call(plan: &ServicePlan) -> &OutsideCall {
    let rule = plan.routes[2].rule.as_ref().unwrap_or_else(|| panic!("{:?}", plan.notes));
    rule.calls().next().expect("a call")
}

fn member(path: &[&str], kind: ValueKind) -> AnswerMember {
    AnswerMember { path: path.iter().map(|it| (*it).to_owned()).collect(), kind }
}

#[test]
fn members_of_an_answer_are_what_their_columns_are_or_what_is_stated() {
    let plan = planned(
        "call catalog GET \"/items/{name}?size=1\" as answer (stock.count number)\n  \
         else 503 \"the catalogue is down\"\n\
         require answer.stock.count > 0 else 409\n\
         set title = answer.title, price = answer.offer.price, tags = answer, checked_at = now()",
        "",
    );
    let call = call(&plan);
    assert_eq!((call.service, call.method), (0, Method::Get));
    let pieces: Vec<bool> = call.path.iter().map(|it| matches!(it, Piece::Value(_))).collect();
    assert_eq!(pieces, [false, true, false]);
    let members = [
        member(&["stock", "count"], ValueKind::Number),
        member(&["title"], ValueKind::Text),
        member(&["offer", "price"], ValueKind::Number),
        member(&[], ValueKind::Json),
    ];
    assert_eq!(call.members, members);
    let message = Some("the catalogue is down".to_owned());
    assert_eq!(call.otherwise, Otherwise::Refuse { status: Some(503), message });
    let rule = plan.routes[2].rule.as_ref().expect("a rule");
    let Step::Set { changes, .. } = &rule.steps[2] else { panic!("no change") };
    assert_eq!(changes[0].value, Expression::Answer { call: 0, member: 1 });
    assert_eq!(plan.routes[2].operation, Operation::Act);
    assert_eq!(rule.unanswered_statuses().collect::<Vec<_>>(), [503]);
}

#[test]
fn a_call_sends_a_body_and_may_go_on_without_an_answer() {
    let plan = planned(
        "call outside_catalog POST \"/lookups\" with (q = row.name, by = caller()) else skip\n\
         set checked_at = now()",
        "",
    );
    let call = call(&plan);
    assert_eq!(call.otherwise, Otherwise::Skip);
    let names: Vec<&str> = call.body.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, call.members.len()), (vec!["q", "by"], 0));
}

#[test]
fn the_documented_answer_of_the_other_service_is_the_stubs() {
    let rest = "## External Services\n\n### GET https://catalog.other-company.com/v1/items/{item}\n\n\
        Response 200:\n\n```json\n{\"title\": \"Lamp\"}\n```\n";
    let rule = "call catalog GET \"/items/{name}\" as answer\nset title = answer.title";
    let plan = planned(rule, rest);
    assert_eq!(call(&plan).example, Some(serde_json::json!({ "title": "Lamp" })));
    assert_eq!(call(&planned(rule, "")).example, None);
}

#[track_caller]
fn check_fault(rule: &str, message: &str, at: &str) {
    let plan = planned(rule, "");
    let note = plan.notes.iter().find(|note| note.rule == "D9.1").expect("a fault");
    assert_eq!(note.level, NoteLevel::Error);
    assert!(note.message.contains(message), "{}", note.message);
    assert_eq!(plan.source.slice(note.span), at);
}

#[test]
fn what_does_not_fit_is_a_fault_at_its_place() {
    check_fault("call mail GET \"/\"", "no service `mail`: there is `catalog`", "mail");
    check_fault("call catalog FETCH \"/\"", "no method of a call", "FETCH");
    check_fault("call catalog GET \"items\"", "begins with `/`", "\"items\"");
    check_fault("call catalog GET \"/{row.\"", "`{` without `}`", "\"/{row.\"");
    check_fault("call catalog GET \"/{a b}\"", "no spaces", "\"/{a b}\"");
    check_fault("call catalog GET \"/{9}\"", "is no name", "\"/{9}\"");
    check_fault("call catalog GET \"/{tags}\"", "no part of a path", "\"/{tags}\"");
    check_fault("call catalog GET \"/\" else 302", "from 400 to 599", "302");
    check_fault("call catalog GET \"/\" as title", "something else already", "title");
    check_fault("call catalog GET \"/\" as a (x date)", "no type", "date");
    check_fault(
        "call catalog GET \"/\" with (a = 1)",
        "send no body",
        "call catalog GET \"/\" with (a = 1)",
    );
    check_fault(
        "call catalog GET \"/\" as a\nrequire a.b > 1 else 409",
        "nothing says what `a.b` holds",
        "a.b",
    );
    check_fault(
        "require a.b = title else 409\ncall catalog GET \"/\" as a",
        "`a` is no row of this rule",
        "a.b",
    );
    check_fault(&"call catalog GET \"/\"\n".repeat(5), "four times", "call catalog GET \"/\"");
}

fn told(plan: &ServicePlan) -> String {
    format!("{:?}", Cases::of(plan, &Seed { number: 1, tag: "t".to_owned() }).cases)
}

#[test]
fn success_is_not_proved_where_no_answer_is_documented() {
    let plan = planned("call catalog GET \"/\" as a\nset title = a.title", "");
    let said = told(&plan);
    assert!(said.contains("the document shows no answer of `catalog`"), "{said}");
    let plan = planned("call catalog GET \"/\" as a else skip\nset title = a.title", "");
    assert!(!told(&plan).contains("no answer of"));
}
