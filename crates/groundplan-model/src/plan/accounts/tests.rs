//! Endpoints of accounts, on small documents.

use groundplan_syntax::{Source, parse};

use crate::lower;
use crate::plan::plan;
use crate::service::{Given, Operation, Role, ServicePlan, SessionKind, Who};

fn planned(text: &str) -> ServicePlan {
    let source = Source::new("design.md", text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

const BARE: &str = "# Notes\n\n| Method | Endpoint |\n|---|---|\n\
    | POST | /api/auth/register |\n| POST | /api/auth/login |\n| POST | /api/auth/refresh |\n\
    | POST | /api/auth/logout |\n| GET | /api/auth/me |\n| POST | /api/prompts/refresh |\n";

fn kinds(plan: &ServicePlan) -> Vec<Option<SessionKind>> {
    let kind = |operation: &Operation| match operation {
        Operation::Session(session) => Some(session.kind),
        _ => None,
    };
    plan.routes.iter().map(|route| kind(&route.operation)).collect()
}

#[test]
fn endpoints_of_accounts_are_known_by_their_paths() {
    use SessionKind::{Login, Logout, Me, Refresh};
    let plan = planned(BARE);
    let expected = [None, Some(Login), Some(Refresh), Some(Logout), Some(Me), None];
    assert_eq!(kinds(&plan), expected);
    assert_eq!(plan.routes[0].operation, Operation::Create);
    assert!(matches!(plan.routes[5].operation, Operation::Underived(_)));
}

#[test]
fn a_table_of_callers_is_made_where_the_document_has_none() {
    let plan = planned(BARE);
    let accounts = plan.auth.and_then(|it| it.accounts).expect("accounts");
    let users = &plan.resources[accounts.resource];
    assert_eq!(users.table.name, "users");
    assert_eq!(users.fields[accounts.login].name, "email");
    assert_eq!(users.fields[accounts.password].role, Role::Secret);
    assert_eq!(users.fields[accounts.password].name, "password");
    assert_eq!(plan.own_tables.len(), 1);
}

#[test]
fn only_what_gives_tokens_is_open() {
    let plan = planned(BARE);
    let open = plan.routes.iter().map(|it| it.access.who == Who::Anybody).collect::<Vec<_>>();
    assert_eq!(open, [true, true, true, false, false, false]);
}

#[test]
fn the_documents_own_table_and_members_are_taken() {
    let text = "# Notes\n\n```sql\nCREATE TABLE accounts (\n  id BIGSERIAL PRIMARY KEY,\n  \
        username VARCHAR(30) NOT NULL UNIQUE,\n  password_hash VARCHAR(60) NOT NULL,\n  \
        role TEXT NOT NULL CHECK (role IN ('admin', 'member'))\n);\n```\n\n\
        ### POST /signup\n\n### POST /login\n\n**Request:**\n\n```json\n\
        {\"username\": \"ann\", \"password\": \"x\"}\n```\n\n**Response 200:**\n\n```json\n\
        {\"data\": {\"token\": \"abc\"}, \"ok\": true}\n```\n";
    let plan = planned(text);
    let accounts = plan.auth.as_ref().and_then(|it| it.accounts.clone()).expect("accounts");
    let table = &plan.resources[accounts.resource];
    assert_eq!((table.table.name.as_str(), plan.resources.len()), ("accounts", 1));
    assert_eq!(table.fields[accounts.login].name, "username");
    assert_eq!(table.table.columns[2].max_length, None);
    assert_eq!(table.fields[3].role, Role::ReadOnly);
    let Operation::Session(login) = &plan.routes[1].operation else { panic!("a login") };
    let data = vec![("token".to_owned(), Given::Access)];
    assert_eq!(login.answer, [("data".to_owned(), Given::Object(data))]);
    assert_eq!(login.access_path(), ["data", "token"]);
}
