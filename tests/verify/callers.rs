//! Services with roles, tenants and accounts: they do what their documents say, and broken ones are
//! caught.

use groundplan_live::{Fault, Report};

use super::service::{Service, key_options, plan};
use super::{failed, names};

fn verified(document: &str, fault: Option<Fault>) -> Report {
    let plan = plan("docs/service.md", document);
    let service = Service::start(&plan, fault);
    service.verify(&key_options(service.url())).expect("it answers")
}

fn skipped(report: &Report) -> Vec<String> {
    names(report, |it| matches!(it, groundplan_live::Outcome::Skipped { .. }))
}

/// Tenants, roles, owners, an audience, and endpoints that sign in.
const DESK: &str = r#"# Desk

## Data Model

```sql
CREATE TABLE users (
    id UUID PRIMARY KEY,
    tenant_id UUID NOT NULL,
    email VARCHAR(120) NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'member' CHECK (role IN ('member', 'admin')),
    password_hash VARCHAR(60) NOT NULL
);
CREATE TABLE cases (
    id UUID PRIMARY KEY,
    tenant_id UUID NOT NULL,
    created_by UUID NOT NULL REFERENCES users(id),
    title VARCHAR(80) NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed'))
);
CREATE TABLE notes (
    id BIGSERIAL PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
    body TEXT NOT NULL
);
```

## API Design

| Method | Endpoint | Role | Response |
|---|---|---|---|
| POST | /api/v1/auth/login | none | 200: Session |
| POST | /api/v1/auth/refresh | none | 200: Session |
| POST | /api/v1/auth/logout | any | 204 |
| GET | /api/v1/auth/me | any | 200: User |
| POST | /api/v1/users | admin | 201: User |
| DELETE | /api/v1/users/{id} | admin | 204 |
| GET | /api/v1/cases | any | 200: Case[] |
| POST | /api/v1/cases | any | 201: Case |
| GET | /api/v1/cases/{id} | any | 200: Case |
| PATCH | /api/v1/cases/{id} | owner, admin | 200: Case |
| POST | /api/v1/cases/{id}/close | admin, agent | 200: Case |
| POST | /api/v1/cases/{id}/notes | any | 201: Note |
| GET | /api/v1/cases/{id}/notes | any | 200: Note[] |

## Security

- Every request carries a bearer JWT; its audience is `desk`.
- Members see their own cases only. Admins see all cases of their tenant.
- The tenant is taken from the `tenant_id` claim; rows belong to one tenant only.

## Errors

| Code | Meaning |
|---|---|
| 401 | No token, or one that does not hold |
| 403 | Another role is needed |
| 404 | No such row |
| 409 | The address is taken |
| 422 | A field is wrong |
"#;

#[test]
fn roles_tenants_and_sessions_are_as_the_document_says() {
    let report = verified(DESK, None);
    assert_eq!(failed(&report), [""; 0], "{:#?}", report.rows);
    assert_eq!(skipped(&report), [""; 0], "{:#?}", report.rows);
}

#[test]
fn a_service_that_lets_anybody_in_is_caught_at_roles_too() {
    let failed = failed(&verified(DESK, Some(Fault::IgnoredAuth)));
    assert!(failed.contains(&"any 403".to_owned()), "{failed:?}");
}

#[test]
fn a_service_that_shows_rows_of_other_tenants_is_caught() {
    let failed = failed(&verified(DESK, Some(Fault::ForeignRows)));
    assert!(failed.contains(&"any 404".to_owned()), "{failed:?}");
}

/// No table of callers: the service makes one. Registering signs in at once.
const DIARY: &str = r#"# Diary

```sql
CREATE TABLE entries (
    id UUID PRIMARY KEY,
    user_id UUID NOT NULL,
    text TEXT NOT NULL
);
```

| Method | Endpoint |
|---|---|
| POST | /auth/register |
| POST | /auth/login |
| POST | /auth/refresh |
| POST | /auth/logout |
| GET | /users/me |
| GET | /entries |
| POST | /entries |

### POST /auth/register

**Response (201 Created):**

```json
{"user": {"id": "x"}, "token": "a", "refreshToken": "b"}
```

### POST /auth/login

**Request:**

```json
{"username": "ann", "password": "example"}
```

**Response (200 OK):**

```json
{"token": "a", "refreshToken": "b", "expiresIn": 900}
```

### POST /auth/refresh

**Request:**

```json
{"refreshToken": "b"}
```

## Security

Users see their own entries only.
"#;

#[test]
fn accounts_need_no_table_in_the_document() {
    let report = verified(DIARY, None);
    assert_eq!(failed(&report), [""; 0], "{:#?}", report.rows);
    assert_eq!(skipped(&report), [""; 0], "{:#?}", report.rows);
}
