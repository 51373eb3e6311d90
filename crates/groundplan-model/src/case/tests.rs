//! Cases of small documents, told as lines of text.

mod conditions;
mod unique;
mod values;

use groundplan_syntax::{Source, parse};

use super::{Case, Cases, Check, Purpose, Seed, Step, Work};
use crate::ServicePlan;

fn plan(text: &str) -> ServicePlan {
    let source = Source::new("service.md", text);
    let document = crate::lower(&source, &parse(&source));
    crate::plan(&document).expect("the document states endpoints")
}

fn cases(text: &str) -> (ServicePlan, Cases) {
    let plan = plan(text);
    let cases = Cases::of(&plan, &seed("t"));
    (plan, cases)
}

fn seed(tag: &str) -> Seed {
    Seed { number: 1, tag: tag.to_owned() }
}

fn steps(case: &Case) -> &[Step] {
    match &case.work {
        Work::Steps(steps) | Work::Flood { setup: steps, .. } => steps,
        Work::NotProvoked(_) | Work::Skipped(_) => &[],
    }
}

fn endpoint(plan: &ServicePlan, step: &Step) -> String {
    let route = step.request.route.and_then(|route| plan.routes.get(route));
    let path = route.map_or_else(|| "?".to_owned(), crate::service::Route::path_text);
    format!("{} {path}", step.request.method.as_str())
}

/// `endpoint, name` of the cases whose request of interest must be refused with `status`.
fn refused(plan: &ServicePlan, cases: &Cases, status: u16) -> Vec<String> {
    let mut told = Vec::new();
    for case in &cases.cases {
        for step in steps(case).iter().filter(|step| step.purpose == Purpose::Test) {
            let is_it = matches!(&step.check, Check::Error(error) if error.status == status);
            if is_it {
                told.push(format!("{}, {}", endpoint(plan, step), case.name));
            }
        }
    }
    told
}

/// The endpoints that a case asks, in order.
fn asked(plan: &ServicePlan, case: &Case) -> Vec<String> {
    steps(case).iter().map(|step| endpoint(plan, step)).collect()
}

fn case<'c>(cases: &'c Cases, endpoint: &str, name: &str) -> &'c Case {
    let is_it = |case: &&Case| {
        let row = case.rows.first().and_then(|row| cases.rows.get(*row));
        case.name == name && row.is_some_and(|row| row.endpoint == endpoint)
    };
    cases.cases.iter().find(is_it).expect("there is such a case")
}

const TASKS: &str = "\
# Tasks

```sql
CREATE TABLE projects (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    name VARCHAR(20) NOT NULL CHECK (length(name) >= 2),
    UNIQUE (owner_id, name)
);
CREATE TABLE tasks (
    id UUID PRIMARY KEY,
    project_id UUID NOT NULL REFERENCES projects(id) ON DELETE RESTRICT,
    points INTEGER NOT NULL DEFAULT 1 CHECK (points >= 1 AND points <= 8),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'started', 'done'))
);
```

| Action | From | To |
|--------|------|----|
| start | open | started |
| finish | started | done |

| Method | Endpoint | Purpose | Response | Errors |
|--------|----------|---------|----------|--------|
| POST | /projects | Add a project | 201: Project | 409, 422 |
| GET | /projects/{id} | Read a project | 200: Project | 404 |
| DELETE | /projects/{id} | Remove a project | 204 | 404, 409 |
| POST | /tasks | Add a task | 201: Task | 422 |
| GET | /tasks/{id} | Read a task | 200: Task | 404 |
| POST | /tasks/{id}/start | Start a task | 200: Task | 404, 409 |
| POST | /tasks/{id}/finish | Finish a task | 200: Task | 404, 409 |

### Error Handling

| Error Code | Meaning |
|------------|---------|
| 401 | No token |
| 500 | A fault of the service |

## Security

Every request carries a bearer JWT. Callers see only their own projects.
";

#[test]
fn every_row_of_the_document_has_a_case() {
    let (plan, cases) = cases(TASKS);
    let errors: usize = plan.routes.iter().map(|route| route.errors.len()).sum();
    assert_eq!(cases.rows.len(), plan.routes.len() + errors + plan.error_cases.len() + 1);
    for (at, row) in cases.rows.iter().enumerate() {
        assert!(cases.cases.iter().any(|case| case.rows.contains(&at)), "{row:?}");
    }
}

#[test]
fn a_body_is_broken_in_one_member_at_a_time() {
    let (plan, cases) = cases(TASKS);
    let told = refused(&plan, &cases, 422);
    let of_projects: Vec<&str> =
        told.iter().filter_map(|it| it.strip_prefix("POST /projects, ")).collect();
    assert_eq!(
        of_projects,
        [
            "with a body that ends too early",
            "with a body that is no object",
            "with the read-only `id`",
            "with another owner in `owner_id`",
            "without `name`",
            "with null as `name`",
            "with a wrong type of `name`",
            "with too long a `name`",
            "with too short a `name`",
            "with the unknown member `verify_unknown`",
        ]
    );
    let of_tasks: Vec<&str> =
        told.iter().filter_map(|it| it.strip_prefix("POST /tasks, ")).collect();
    assert!(of_tasks.contains(&"with too large a `points`"), "{of_tasks:?}");
    assert!(of_tasks.contains(&"with too small a `points`"), "{of_tasks:?}");
    assert!(of_tasks.contains(&"with the read-only `status`"), "{of_tasks:?}");
    assert!(of_tasks.contains(&"with a `project_id` that no row has"), "{of_tasks:?}");
    assert!(of_tasks.contains(&"with a `project_id` of another owner"), "{of_tasks:?}");
}

#[test]
fn what_a_row_needs_is_made_before_it() {
    let (plan, cases) = cases(TASKS);
    let read = case(&cases, "GET /tasks/{id}", "");
    assert_eq!(asked(&plan, read), ["POST /projects", "POST /tasks", "GET /tasks/{id}"]);
    let removed = read.cleanup.iter().map(|it| it.method).collect::<Vec<_>>();
    assert_eq!(removed, [crate::document::Method::Delete], "only projects can be removed");
}

#[test]
fn a_row_is_brought_into_its_state_by_the_documented_actions() {
    let (plan, cases) = cases(TASKS);
    let finish = case(&cases, "POST /tasks/{id}/finish", "on a row that is `started`");
    let made =
        ["POST /projects", "POST /tasks", "POST /tasks/{id}/start", "POST /tasks/{id}/finish"];
    assert_eq!(asked(&plan, finish)[..4], made);
}

#[test]
fn an_action_is_refused_from_every_state_that_it_may_not_start_from() {
    let (plan, cases) = cases(TASKS);
    let told = refused(&plan, &cases, 409);
    let of = |action: &str| {
        let prefix = format!("POST /tasks/{{id}}/{action}, on a row that is ");
        told.iter().filter_map(|it| Some(it.strip_prefix(&prefix)?.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(of("start"), ["`started`", "`done`"]);
    assert_eq!(of("finish"), ["`open`", "`done`"]);
}

#[test]
fn a_row_that_others_refer_to_must_stay() {
    let (plan, cases) = cases(TASKS);
    let name = "while a row of `tasks` refers to it";
    let held = case(&cases, "DELETE /projects/{id}", name);
    let told = ["POST /projects", "POST /tasks", "DELETE /projects/{id}", "GET /projects/{id}"];
    assert_eq!(asked(&plan, held), told);
}

#[test]
fn the_same_seed_gives_the_same_cases_and_another_tag_other_values() {
    let plan = plan(TASKS);
    let one = Cases::of(&plan, &seed("one"));
    assert_eq!(one.cases, Cases::of(&plan, &seed("one")).cases);
    let other = Cases::of(&plan, &seed("two"));
    assert_ne!(one.cases, other.cases);
    let names = |cases: &Cases| -> Vec<String> {
        cases.cases.iter().map(|case| case.name.clone()).collect()
    };
    assert_eq!(names(&one), names(&other));
}

#[test]
fn rows_that_need_each_other_are_skipped_with_the_reason() {
    let (_, cases) = cases(
        "\
```sql
CREATE TABLE hens (id UUID PRIMARY KEY, egg_id UUID NOT NULL REFERENCES eggs(id));
CREATE TABLE eggs (id UUID PRIMARY KEY, hen_id UUID NOT NULL REFERENCES hens(id));
```

| Method | Endpoint | Purpose | Response |
|--------|----------|---------|----------|
| POST | /hens | Add a hen | 201: Hen |
| POST | /eggs | Add an egg | 201: Egg |
",
    );
    let reasons: Vec<&str> = cases
        .cases
        .iter()
        .filter_map(|case| match &case.work {
            Work::Skipped(reason) => Some(reason.as_str()),
            _ => None,
        })
        .collect();
    assert!(!reasons.is_empty());
    assert!(reasons.iter().all(|it| it.contains("need each other")), "{reasons:?}");
}

#[test]
fn an_endpoint_that_is_not_derivable_is_never_asked() {
    let (_, cases) = cases(
        "\
| Method | Endpoint | Purpose | Response | Errors |
|--------|----------|---------|----------|--------|
| POST | /weather/{place}/dance | Make it rain | 200 | 404 |
",
    );
    let told: Vec<&Work> = cases.cases.iter().map(|case| &case.work).collect();
    let skipped = |it: &&&Work| matches!(it, Work::Skipped(it) if it.starts_with("not derivable"));
    assert_eq!(told.iter().filter(skipped).count(), 2, "its success and its 404: {told:?}");
    let asks = |it: &&&Work| matches!(it, Work::Steps(_) | Work::Flood { .. });
    assert_eq!(told.iter().filter(asks).count(), 1, "only for the method that it lacks");
}
