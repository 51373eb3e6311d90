//! What generated documents are made of.

pub(super) const AREAS: [&str; 8] =
    ["accounts", "archive", "billing", "catalogue", "dispatch", "insight", "messaging", "storage"];

pub(super) const NOUNS: [&str; 24] = [
    "invoice",
    "voucher",
    "shipment",
    "parcel",
    "contract",
    "member",
    "reminder",
    "survey",
    "label",
    "booking",
    "ledger",
    "refund",
    "snapshot",
    "delivery",
    "catalogue",
    "review",
    "ticket",
    "policy",
    "transfer",
    "forecast",
    "channel",
    "sensor",
    "drawing",
    "batch",
];

pub(super) const VERBS: [&str; 10] = [
    "intake",
    "matching",
    "rollover",
    "replay",
    "approval",
    "pricing",
    "archiving",
    "routing",
    "masking",
    "planning",
];

pub(super) const TEAMS: [&str; 5] =
    ["Ledger team", "Platform team", "Storage team", "Client team", "Operations"];

pub(super) const TECHNOLOGIES: [&str; 8] = [
    "PostgreSQL 16",
    "SQLite",
    "Valkey 8",
    "NATS JetStream",
    "an object store",
    "axum 0.8",
    "React 19",
    "OpenSearch 2",
];

pub(super) const SUBJECTS: [&str; 10] = [
    "The service",
    "A worker",
    "The gateway",
    "The store",
    "The nightly job",
    "The client library",
    "The read path",
    "The write path",
    "An operator",
    "The importer",
];

pub(super) const PREDICATES: [&str; 14] = [
    "checks a request completely before it opens a transaction",
    "tries a failed call again after one, four and nine seconds",
    "keeps a copy for at most five minutes and then asks again",
    "answers from the replica while the primary is being moved",
    "writes one line for each change and never rewrites it",
    "stops taking work as soon as it is told to end",
    "names every field that is at fault in one answer",
    "counts what it drops, so that nobody has to guess",
    "holds nothing in memory that it could not lose",
    "asks for a page of at most a hundred rows",
    "signs what it sends and checks what it gets",
    "publishes an event once the rows are on the disk",
    "runs behind a switch until the second phase is over",
    "removes rows a month after their last use",
];

pub(super) const REASONS: [&str; 10] = [
    "because updates were lost when two editors saved at once",
    "so that going back needs no change of the schema",
    "which keeps the tests free of other systems",
    "since nine of ten reads concern the newest rows",
    "as the retention rules ask for it",
    "to stay well below the limit of the provider",
    "so that a second copy can run beside the first",
    "because support needs to see what happened",
    "since the queue can hold an hour of traffic",
    "which was cheaper in every trial that we made",
];

/// Names and types of columns, with an example value in JSON.
pub(super) const COLUMNS: [(&str, &str, &str); 16] = [
    ("title", "VARCHAR(200) NOT NULL", "\"spring campaign\""),
    ("note", "TEXT", "\"checked by hand\""),
    ("quantity", "INTEGER NOT NULL DEFAULT 0", "42"),
    ("total_cents", "BIGINT NOT NULL DEFAULT 0", "129900"),
    ("currency", "VARCHAR(3) NOT NULL", "\"EUR\""),
    ("is_active", "BOOLEAN NOT NULL DEFAULT TRUE", "true"),
    ("priority", "INTEGER NOT NULL DEFAULT 3", "3"),
    ("due_at", "TIMESTAMPTZ", "\"2026-03-01T12:00:00Z\""),
    ("source", "VARCHAR(60)", "\"import\""),
    ("checksum", "VARCHAR(64)", "\"9f2c\""),
    ("attempts", "INTEGER NOT NULL DEFAULT 0", "1"),
    ("locale", "VARCHAR(10) NOT NULL", "\"de-AT\""),
    ("external_ref", "VARCHAR(80)", "\"A-1042\""),
    ("weight_grams", "INTEGER", "850"),
    ("settings", "JSONB", "{\"mode\": \"safe\", \"limit\": 20}"),
    ("region", "VARCHAR(40) NOT NULL", "\"north\""),
];
