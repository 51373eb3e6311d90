//! Sections of generated documents.

use super::document::{Document, capital};
use super::words::{TEAMS, TECHNOLOGIES};

/// Writes one section.
pub(super) type Section = fn(&mut Document);

pub(super) const REQUIREMENTS: &[Section] =
    &[overview, goals, requirements, targets, risks, plan, questions];
pub(super) const SPECIFICATION: &[Section] =
    &[overview, requirements, data_model, api, errors, checklist];
pub(super) const DESIGN: &[Section] =
    &[overview, architecture, data_model, api, contracts, errors, targets, monitoring, risks];
pub(super) const COMPONENT: &[Section] =
    &[overview, architecture, algorithm, data_model, targets, testing, checklist];
pub(super) const IMPLEMENTATION: &[Section] =
    &[overview, layout, data_model, api, code, testing, deployment, checklist, plan];

pub(super) fn header(document: &mut Document) {
    let status = document.random.pick(&["Draft", "In Review", "Approved"]);
    let team = document.random.pick(&TEAMS);
    let day = document.random.between(1, 28);
    document.line(&format!("**Status**: {status}  "));
    document.line("**Version**: 1.1  ");
    document.line(&format!("**Last Updated**: 2026-05-{day:02}  "));
    document.line(&format!("**Author**: {team}  "));
    let link = document.link();
    document.line(&format!("**Related**: {link}"));
}

pub(super) fn changes(document: &mut Document) {
    document.heading("## Change Log");
    let team = document.random.pick(&TEAMS);
    document.line("| Date | Version | Author | Changes |\n|------|---------|--------|---------|");
    document.line(&format!("| 2026-03-02 | 1.0 | {team} | First complete text |"));
    document.line(&format!("| 2026-05-01 | 1.1 | {team} | Limits and targets after the trial |"));
}

/// A few items.
pub(super) fn list(document: &mut Document) {
    document.line("");
    for _ in 0..document.random.between(3, 6) {
        let sentence = document.sentence();
        document.line(&format!("- {sentence}"));
    }
}

fn overview(document: &mut Document) {
    document.heading("## Overview");
    document.prose(3, 5);
    document.heading("### Purpose");
    let name = document.name();
    document.line(&format!(
        "**{name}** is about every *{}* from its first row to its last.",
        document.noun
    ));
    document.prose(2, 4);
    let link = document.link();
    document.line(&format!("\nSee {link} for what came before."));
}

fn goals(document: &mut Document) {
    document.heading("## Goals");
    for number in 1..=document.random.between(3, 5) {
        let sentence = document.sentence();
        document.line(&format!("{number}. {sentence}"));
    }
    document.heading("### Out of scope");
    list(document);
}

fn requirements(document: &mut Document) {
    document.heading("## Requirements");
    for number in 1..=document.random.between(4, 8) {
        let sentence = document.sentence();
        document.line(&format!("- **R{number}**: {sentence}"));
        document
            .line(&format!("  - Accepted when the {} shows it in its next answer", document.noun));
    }
}

fn architecture(document: &mut Document) {
    document.heading("## Architecture");
    document.prose(2, 4);
    document.fence("text", "client --> gateway --> service --> store\n                          |\n                          +--> queue --> worker");
    document.heading("### Components");
    document.line("| Component | Task | Technology |\n|-----------|------|------------|");
    for component in ["Gateway", "Service", "Worker", "Store", "Queue"] {
        let technology = document.random.pick(&TECHNOLOGIES);
        let sentence = document.sentence();
        document.line(&format!("| {component} | {sentence} | {technology} |"));
    }
}

fn data_model(document: &mut Document) {
    document.heading("## Data Model");
    document.prose(1, 3);
    let noun = document.noun;
    let columns = document.columns.iter().map(|(name, ty, _)| format!("    {name} {ty},\n"));
    let columns: String = columns.collect();
    let first = document.columns.first().map_or("id", |(name, _, _)| name);
    let last = if document.random.once_in(50) { "not_there" } else { "created_at" };
    let sql = format!(
        "CREATE TABLE {noun}s (\n    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n{columns}    \
         created_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),\n    \
         updated_at TIMESTAMPTZ NOT NULL DEFAULT NOW()\n);\n\n\
         CREATE TABLE {noun}_entries (\n    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n    \
         {noun}_id UUID NOT NULL REFERENCES {noun}s(id) ON DELETE CASCADE,\n    \
         kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),\n    \
         created_at TIMESTAMPTZ NOT NULL DEFAULT NOW()\n);\n\n\
         CREATE INDEX idx_{noun}s_{first} ON {noun}s ({first});\n\
         CREATE INDEX idx_{noun}_entries_owner ON {noun}_entries ({noun}_id, {last});"
    );
    document.fence("sql", &sql);
    document.heading("### Columns");
    document.line("| Column | Type | Meaning |\n|--------|------|---------|");
    for (name, ty, _) in document.columns.clone() {
        let sentence = document.sentence();
        document.line(&format!("| `{name}` | {ty} | {sentence} |"));
    }
}

fn api(document: &mut Document) {
    document.heading("## API");
    document.prose(1, 2);
    let (noun, shape) = (document.noun, capital(document.noun));
    document.line(
        "\n| Method | Endpoint | Purpose | Request | Response |\n\
         |--------|----------|---------|---------|----------|",
    );
    document
        .line(&format!("| GET | /api/v1/{noun}s | List {noun}s | Query params | 200: {shape}[] |"));
    document.line(&format!("| POST | /api/v1/{noun}s | Add one | {shape} object | 201: {shape} |"));
    document
        .line(&format!("| GET | /api/v1/{noun}s/{{{noun}_id}} | Read one | - | 200: {shape} |"));
    document.line(&format!(
        "| PATCH | /api/v1/{noun}s/{{{noun}_id}} | Change one | {shape} object | 200: {shape} |"
    ));
    document.line(&format!("| DELETE | /api/v1/{noun}s/{{{noun}_id}} | Remove one | - | 204 |"));
}

fn contracts(document: &mut Document) {
    document.heading("### Contracts");
    let (noun, body) = (document.noun, json(document));
    document.line(&format!(
        "#### Add one\n\n**HTTP Method:** `POST`\n**Path:** `/api/v1/{noun}s`\n\n**Request:**"
    ));
    document.fence("json", &body);
    document.line(&format!("\n#### Change one\n\n**HTTP Method:** `PATCH`\n**Path:** `/api/v1/{noun}s/{{{noun}_id}}`\n\n**Request:**"));
    document.fence("json", &body);
    document.prose(2, 3);
}

fn json(document: &Document) -> String {
    let members = document.columns.iter().map(|(name, _, value)| format!("  \"{name}\": {value}"));
    format!("{{\n{}\n}}", members.collect::<Vec<_>>().join(",\n"))
}

fn errors(document: &mut Document) {
    document.heading("### Error Handling");
    document.line("| Status | Meaning | Body |\n|--------|---------|------|");
    for (status, meaning) in [
        (400, "the body is not JSON"),
        (404, "there is no such row"),
        (409, "another row has these values"),
        (422, "a field is missing or out of bounds"),
        (429, "too many requests"),
        (500, "a fault of the service"),
    ] {
        document.line(&format!("| {status} | {meaning} | `{{\"error\": \"{meaning}\"}}` |"));
    }
    document.line("");
    document.prose(1, 3);
}

fn targets(document: &mut Document) {
    document.heading("## Performance");
    let p95 = document.random.pick(&[100, 150, 200, 300]);
    let rate = document.random.pick(&[50, 200, 500]);
    document.line("| Metric | Target | Test |\n|--------|--------|------|");
    document.line(&format!("| Response Time (p95) | < {p95} ms | load test |"));
    document.line(&format!("| Throughput | {rate} requests/s | load test |"));
    document.line("| Error Rate | < 0.1% | monitoring |");
    document.line("| Memory Usage | < 512 MB | monitoring |");
    document.line("");
    document.prose(2, 3);
}

fn monitoring(document: &mut Document) {
    document.heading("## Monitoring");
    document.line("| Metric | Kind | Meaning |\n|--------|------|---------|");
    for metric in ["requests_total", "queue_depth", "rows_written_total", "retries_total"] {
        let sentence = document.sentence();
        document.line(&format!("| `{}_{metric}` | counter | {sentence} |", document.noun));
    }
    list(document);
}

fn risks(document: &mut Document) {
    document.heading("## Risks");
    document.line("| Risk | Likelihood | What we do |\n|------|------------|------------|");
    for risk in ["The provider slows down", "The table grows", "The queue fills", "A key leaks"] {
        let likelihood = document.random.pick(&["low", "medium", "high"]);
        let sentence = document.sentence();
        document.line(&format!("| {risk} | {likelihood} | {sentence} |"));
    }
}

fn plan(document: &mut Document) {
    document.heading("## Plan");
    for phase in 1..=3 {
        document.heading(&format!("### Phase {phase}"));
        document.prose(1, 2);
        list(document);
    }
}

fn questions(document: &mut Document) {
    document.heading("## Decisions");
    for _ in 0..document.random.between(2, 4) {
        let (sentence, reason) = (document.sentence(), document.sentence());
        document.line(&format!("\n> {sentence}\n>\n> {reason}"));
    }
}

fn algorithm(document: &mut Document) {
    document.heading("## Algorithm");
    for number in 1..=document.random.between(4, 7) {
        let sentence = document.sentence();
        document.line(&format!("{number}. {sentence}"));
    }
    let noun = document.noun;
    document.fence("rust", &format!(
        "/// Settles one {noun}; running it twice changes nothing.\n\
         pub fn settle(store: &mut Store, id: Uuid) -> Result<State, Error> {{\n    \
         let row = store.{noun}(id)?;\n    if row.state.is_final() {{\n        return Ok(row.state);\n    }}\n    \
         let next = row.state.next(row.attempts)?;\n    store.write(id, next)?;\n    Ok(next)\n}}"
    ));
    document.heading("### Invariants");
    list(document);
}

fn layout(document: &mut Document) {
    document.heading("## Directory Structure");
    let noun = document.noun;
    document.fence("text", &format!(
        "src/\n├── {noun}/\n│   ├── model.rs\n│   ├── store.rs\n│   ├── routes.rs\n│   └── tests.rs\n\
         ├── queue/\n│   └── worker.rs\n└── main.rs"
    ));
    document.prose(1, 3);
}

fn code(document: &mut Document) {
    document.heading("## Key Types");
    let (noun, ty) = (document.noun, capital(document.noun));
    let fields = document.columns.iter().map(|(name, _, _)| format!("    {name}: object\n"));
    let fields: String = fields.collect();
    document.fence(
        "python",
        &format!(
            "@dataclass\nclass {ty}:\n    id: UUID\n{fields}\n\n\
         class {ty}Store:\n    async def add(self, {noun}: {ty}) -> {ty}:\n        \
         async with self.pool.acquire() as connection:\n            \
         row = await connection.fetchrow(INSERT, *astuple({noun}))\n        return {ty}(**row)"
        ),
    );
    document.prose(2, 4);
}

fn testing(document: &mut Document) {
    document.heading("## Testing");
    document.prose(1, 3);
    document.line("\n| Level | What | Tool |\n|-------|------|------|");
    for (level, tool) in
        [("Unit", "cargo test"), ("Contract", "a generated client"), ("Load", "an open loop")]
    {
        let sentence = document.sentence();
        document.line(&format!("| {level} | {sentence} | {tool} |"));
    }
}

fn deployment(document: &mut Document) {
    document.heading("## Deployment");
    document.line("| Variable | Default | Meaning |\n|----------|---------|---------|");
    for (name, value) in [("PORT", "8080"), ("POOL_SIZE", "10"), ("RETENTION_DAYS", "30")] {
        let sentence = document.sentence();
        document.line(&format!(
            "| `{}_{name}` | `{value}` | {sentence} |",
            document.noun.to_ascii_uppercase()
        ));
    }
    document.fence("yaml", &format!(
        "services:\n  {0}:\n    image: registry.example/{0}:1.1\n    environment:\n      PORT: 8080\n    \
         healthcheck:\n      test: [\"CMD\", \"/{0}\", \"--ready\"]", document.noun
    ));
    list(document);
}

fn checklist(document: &mut Document) {
    document.heading("## Checklist");
    for item in [
        "Migration runs up and down",
        "Every endpoint has a test",
        "Targets were measured",
        "Alerts reach the team",
        "The runbook was read aloud",
        "Old rows are removed",
    ] {
        let link = if document.random.once_in(3) {
            format!(" ({})", document.link())
        } else {
            String::new()
        };
        document.line(&format!("- [x] {item}{link}"));
    }
}
