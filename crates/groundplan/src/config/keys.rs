//! Every key of a configuration file.

use super::key::{
    Key, Shape, audits, defined, kinds, levels, log_forms, severities, severities_or_off,
};

/// The keys of a file, in the order of the manual.
#[rustfmt::skip]
pub(crate) static KEYS: &[Key] = &[
    key("profile", Shape::Text, "", "The family of new documents: where `groundplan new` writes, and how it names and numbers.", "\"xcc\""),
    key("root", Shape::Flag, "false", "Whether this folder is the root of the workspace: no settings above it are looked for.", "true"),
    key("extends", Shape::Text, "", "Another file whose settings count where this one says nothing. Its path is seen from this file; lists of tables are read before those here.", "\"../groundplan.toml\""),
    key("include", Shape::Globs, "[\"**/*.md\", \"**/*.markdown\"]", "The documents that are found in folders. Patterns are seen from the folder of this file.", "[\"docs/**/*.md\"]"),
    key("exclude", Shape::Globs, "[]", "Documents and folders that are left out. A file that is named on the command line is read all the same.", "[\"docs/archive/**\"]"),
    key("respect-gitignore", Shape::Flag, "true", "Whether documents that `.gitignore` names are left out.", "false"),
    key("check", Shape::Table(CHECK), "", "What `groundplan check` reports.", ""),
    key("per-file", Shape::Tables(PER_FILE), "", "Other settings for some documents. Of several tables that fit, the later ones count more.", ""),
    key("documents", Shape::Tables(DOCUMENTS), "", "The kind of some documents, whatever they look like.", ""),
    key("rule", Shape::Tables(RULE), "", "A rule of your own: no code, only what tables, sections, headers and words are held to. Its findings bear the name `team/NAME`.", ""),
    key("trace", Shape::Table(TRACE), "", "What requirements are followed through.", ""),
    key("code", Shape::Table(CODE), "", "What is read from the code beside the documents.", ""),
    key("run", Shape::Table(RUN), "", "How services run. Options of the command line and variables of the environment come before it; [docs/run.md](run.md) says more.", ""),
    key("cache", Shape::Table(CACHE), "", "What is kept from one run for the next.", ""),
];

#[rustfmt::skip]
static CHECK: &[Key] = &[
    key("select", Shape::Rules, "[]", "The rules and groups that are run; all where the list is empty.", "[\"documents\", \"broken-link\"]"),
    key("extend-select", Shape::Rules, "[]", "Rules and groups that are run besides. A rule on trial is run where it is named itself.", "[\"placeholder-left\"]"),
    key("ignore", Shape::Rules, "[]", "Rules and groups that are not run.", "[\"templates\"]"),
    key("preview", Shape::Flag, "false", "Whether rules on trial are run, too.", "true"),
    key("severity", Shape::ByRule(severities_or_off), "", "How much findings of a rule or a group matter, whatever the document's status. A rule comes before its group.", "{ \"broken-link\" = \"error\", templates = \"off\" }"),
    key("fail-on", Shape::OneOf(severities), "\"warning\"", "The least severity that fails the run.", "\"error\""),
    key("require-reasons", Shape::Flag, "false", "Whether a comment that suppresses findings must say why.", "true"),
    key("max-findings", Shape::Count, "", "How many findings are shown; the others are counted.", "200"),
];

#[rustfmt::skip]
static PER_FILE: &[Key] = &[
    key("paths", Shape::Globs, "", "The documents that are meant, seen from the folder of this file.", "[\"docs/archive/**\"]"),
    key("select", Shape::Rules, "", "As `check.select`, in its place.", "[\"documents\"]"),
    key("extend-select", Shape::Rules, "", "As `check.extend-select`, besides.", "[\"placeholder-left\"]"),
    key("ignore", Shape::Rules, "", "As `check.ignore`, besides.", "[\"broken-link\"]"),
    key("preview", Shape::Flag, "", "As `check.preview`, in its place.", "true"),
    key("severity", Shape::ByRule(severities_or_off), "", "As `check.severity`, besides.", "{ \"broken-link\" = \"info\" }"),
];

#[rustfmt::skip]
static DOCUMENTS: &[Key] = &[
    key("kind", Shape::OneOf(kinds), "", "What the documents are.", "\"tid\""),
    key("paths", Shape::Globs, "", "The documents, seen from the folder of this file.", "[\"0xcc/tids/*.md\"]"),
];

#[rustfmt::skip]
static RULE: &[Key] = &[
    key("name", Shape::Text, "", "The rule's name: small letters, digits and `-`. No built-in rule has it.", "\"alerts-need-runbook\""),
    key("documents", Shape::Documents, "[]", "The kinds or paths that it is for; all where the list is empty.", "[\"technical-design\", \"docs/ops/**\"]"),
    key("severity", Shape::OneOf(severities), "\"warning\"", "How much its findings matter.", "\"error\""),
    key("message", Shape::Text, "", "What its findings say first.", "\"who is called at night must know what to do\""),
    key("help", Shape::Text, "", "What to do about them.", "\"link the runbook\""),
    key("table", Shape::Table(TABLE), "", "A table that documents have.", "{ heading = \"Alerts\", columns = [\"Alert\", \"Runbook\"] }"),
    key("column", Shape::Named(&Shape::Table(COLUMN)), "", "What the cells of the table's columns are held to, by title.", "{ Runbook = { required = true } }"),
    key("sections", Shape::Table(SECTIONS), "", "Sections that documents have.", "{ required = [\"Rollout\", \"Rollback\"], order = true }"),
    key("header", Shape::Table(HEADER), "", "What the header says.", "{ required = [\"Owner\"] }"),
    key("forbid", Shape::Texts, "[]", "Words that the text must not hold; code is not looked into.", "[\"TBD\"]"),
];

#[rustfmt::skip]
static TABLE: &[Key] = &[
    key("heading", Shape::Text, "", "The heading of the section that it stands in; without one, every table with these columns is meant.", "\"Alerts\""),
    key("columns", Shape::Texts, "[]", "The columns that it has.", "[\"Alert\", \"Runbook\"]"),
];

#[rustfmt::skip]
static COLUMN: &[Key] = &[
    key("required", Shape::Flag, "false", "No cell is empty.", "true"),
    key("one-of", Shape::Texts, "[]", "Each cell holds one of these.", "[\"P1\", \"P2\"]"),
    key("pattern", Shape::Pattern, "", "Each cell matches, from its begin to its end.", "\"https://.+\""),
    key("unique", Shape::Flag, "false", "No two cells are equal.", "true"),
    key("sorted", Shape::Flag, "false", "The cells stand in order: numbers by size, others by letters.", "true"),
    key("number", Shape::Flag, "false", "Each cell is a number.", "true"),
    key("references", Shape::OneOf(defined), "", "Each cell names something that the document defines.", "\"components\""),
];

#[rustfmt::skip]
static SECTIONS: &[Key] = &[
    key("required", Shape::Texts, "[]", "Headings that are there; numbers before them do not matter.", "[\"Rollback\"]"),
    key("order", Shape::Flag, "false", "Whether they stand in this order.", "true"),
];

#[rustfmt::skip]
static HEADER: &[Key] = &[
    key("required", Shape::Texts, "[]", "Keys that have a value.", "[\"Owner\"]"),
    key("one-of", Shape::Named(&Shape::Texts), "", "Keys with the values that they may have.", "{ Tier = [\"1\", \"2\"] }"),
    key("pattern", Shape::Named(&Shape::Pattern), "", "Keys with what their values match, from begin to end.", "{ Ticket = \"[A-Z]+-[0-9]+\" }"),
];

#[rustfmt::skip]
static TRACE: &[Key] = &[
    key("policy", Shape::Tables(POLICY), "", "Where requirements of one sort must be covered.", ""),
];

#[rustfmt::skip]
static POLICY: &[Key] = &[
    key("kind", Shape::Text, "\"requirement\"", "What it is about.", "\"requirement\""),
    key("pattern", Shape::Text, "\"*\"", "The ids that it is about.", "\"FR-*\""),
    key("requires", Shape::Levels(levels), "[]", "Where each of them must be covered. A list in the list means any of these.", "[\"design\", [\"task\", \"test\"]]"),
    key("waived", Shape::Named(&Shape::Text), "", "Ids that need not be covered, each with the reason.", "{ \"FR-7\" = \"bought, not built\" }"),
    key("until", Shape::Day, "", "The last day on which the waivers count.", "2027-01-31"),
];

#[rustfmt::skip]
static CODE: &[Key] = &[
    key("root", Shape::Text, "", "The folder of the code where that is not around the documents, seen from the folder of this file. Files that documents name are looked for there as well, and `drift`, `trace` and `impact` read it.", "\"../service\""),
    key("include", Shape::Globs, "[]", "The files of code that are read; all where the list is empty.", "[\"src/**\"]"),
    key("exclude", Shape::Globs, "[]", "Files and folders of code that are not read.", "[\"third_party/**\"]"),
    key("routes", Shape::Flag, "true", "Whether routes are read.", "false"),
    key("tables", Shape::Flag, "true", "Whether tables and migrations are read.", "false"),
    key("variables", Shape::Flag, "true", "Whether environment variables are read.", "false"),
    key("tags", Shape::Flag, "true", "Whether trace tags in comments are read.", "false"),
    key("tests", Shape::Flag, "true", "Whether names of tests are read.", "false"),
];

#[rustfmt::skip]
static RUN: &[Key] = &[
    key("host", Shape::Text, "\"127.0.0.1\"", "The address to listen on.", "\"0.0.0.0\""),
    key("port", Shape::Count, "4010", "The port to listen on; 0 for any that is free.", "8080"),
    key("unix-socket", Shape::Text, "", "A socket file to listen on besides, seen from the folder of this file.", "\"run/service.sock\""),
    key("admin-port", Shape::Count, "", "A port of its own for health, metrics and the plan.", "9090"),
    key("database", Shape::Text, "", "A file, seen from the folder of this file, `:memory:`, or the address of a PostgreSQL database.", "\"data/service.sqlite\""),
    key("tls-cert", Shape::Text, "", "The certificate (PEM), seen from the folder of this file.", "\"tls/cert.pem\""),
    key("tls-key", Shape::Text, "", "Its key (PEM), seen from the folder of this file.", "\"tls/key.pem\""),
    key("cors-origins", Shape::Texts, "[]", "Origins whose pages may call the service; `*` is every one.", "[\"http://localhost:3000\"]"),
    key("compress-from", Shape::Count, "1024", "The size in bytes from which bodies travel compressed; 0 for never.", "4096"),
    key("body-limit", Shape::Count, "1048576", "The most bytes that the body of a request may have.", "65536"),
    key("drain", Shape::Count, "10", "How many seconds a stop waits for answers that are under way.", "30"),
    key("control", Shape::Flag, "false", "Whether operators may take all rows out, put others in, and throw them away.", "true"),
    key("audit", Shape::OneOf(audits), "\"auto\"", "Whether every write is recorded, with the row before and after; `auto` where the document asks for it.", "\"on\""),
    key("server-timing", Shape::Flag, "false", "Whether answers say how long they took.", "true"),
    key("log", Shape::OneOf(log_forms), "\"text\"", "The form of the log.", "\"json\""),
    key("log-level", Shape::Text, "\"info\"", "What is logged: a level, or levels by module.", "\"debug\""),
    key("redact", Shape::Texts, "[]", "Names whose values the log must not hold, besides those of secrets; `subject` is the caller.", "[\"email\"]"),
    key("otlp-endpoint", Shape::Text, "", "The collector that spans are sent to.", "\"http://localhost:4318\""),
    key("upstream", Shape::Text, "", "The service that answers what nothing in the document explains.", "\"http://localhost:3000\""),
    key("services", Shape::Named(&Shape::Text), "", "Addresses of services that the document names and rules call; secrets come by `GROUNDPLAN_SERVICE_NAME_AUTHORIZATION` alone.", "{ catalog = \"https://catalog.example.com/v1\" }"),
    key("outside-timeout", Shape::Count, "30", "How many seconds a request waits for other services.", "5"),
    key("otlp-percent", Shape::Count, "100", "How many of a hundred traces that begin here are kept.", "5"),
];

#[rustfmt::skip]
static CACHE: &[Key] = &[
    key("dir", Shape::Text, "\".groundplan/cache\"", "Where it is kept, seen from the folder of this file.", "\"target/groundplan\""),
];

const fn key(
    name: &'static str,
    shape: Shape,
    default: &'static str,
    about: &'static str,
    example: &'static str,
) -> Key {
    Key { name, shape, default, about, example }
}
