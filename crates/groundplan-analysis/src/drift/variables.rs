//! Environment variables of documents against what the code reads.

use std::collections::{BTreeMap, HashMap, HashSet};

use groundplan_model::code::{CodeFile, Language, Named};
use groundplan_model::document::Text;
use groundplan_model::{Certainty, Diagnostic, Severity};

use super::report::{MANY, SHOWN};
use super::{Claim, Drift, Side, Tally, Topic};
use crate::names::nearest;

const ABSENT: &str = "drift/variable-not-in-code";
const UNSTATED: &str = "drift/variable-not-in-document";

/// Variables of systems, shells and tools, which nobody's code has to read.
const COMMON: [&str; 25] = [
    "CI",
    "DOCKER_BUILDKIT",
    "EDITOR",
    "GOPATH",
    "HOME",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "JAVA_HOME",
    "LANG",
    "NODE_ENV",
    "NODE_OPTIONS",
    "NO_COLOR",
    "NO_PROXY",
    "PATH",
    "PGPASSWORD",
    "PWD",
    "PYTHONPATH",
    "PYTHONUNBUFFERED",
    "RUST_BACKTRACE",
    "RUST_LOG",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TZ",
    "USER",
];

/// Beginnings of the names that images, clouds and CI systems read themselves.
const FOREIGN: [&str; 7] =
    ["AWS_", "COMPOSE_", "GITHUB_", "KUBERNETES_", "MYSQL_", "OTEL_", "POSTGRES_"];

/// Where each variable is read first, or else set.
type Reads<'a> = BTreeMap<&'a str, (&'a CodeFile, &'a Named)>;

pub(super) fn compare(sides: &[Side<'_>], code: &[CodeFile], drift: &mut Drift) {
    let (read, set) = (places(code, true), places(code, false));
    let knows = |name: &str| read.contains_key(name) || set.contains_key(name);
    let mut known: HashSet<&str> = HashSet::new();
    let mut counts = Vec::new();
    for side in sides {
        let own = own(side);
        known.extend(own.iter().map(|it| it.text.as_str()));
        counts.push((own.iter().filter(|it| knows(&it.text)).count(), own.len()));
    }
    let mut taken = Vec::new();
    for (at, side) in sides.iter().enumerate().filter(|_| !read.is_empty()) {
        let own = own(side);
        let left: Vec<&Text> = own.iter().copied().filter(|it| !knows(&it.text)).collect();
        if left.len() >= MANY && left.len() * 2 > own.len() {
            drift.found(at, most(side, &left, own.len()));
            continue;
        }
        for text in left {
            let free = read.iter().filter(|(it, _)| !known.contains(*it));
            let near = free.filter(|(it, _)| is_near(&text.text, it)).map(|it| it.1).next();
            taken.extend(near.map(|(_, named)| named.name.as_str()));
            drift.found(at, absent(side, text, near));
        }
    }
    known.extend(taken);
    let unstated = report_unstated(sides, (&read, &known), &counts, drift);
    for (at, (found, stated)) in counts.into_iter().enumerate() {
        let unstated = unstated.get(&at).copied().unwrap_or(0);
        drift.tally(at, Tally { topic: Topic::Variables, stated, found, unstated });
    }
}

/// The variables of a document that are its service's own.
fn own<'a>(side: &Side<'a>) -> Vec<&'a Text> {
    side.outline.env_vars.iter().filter(|it| !is_common(&it.text)).collect()
}

fn is_common(name: &str) -> bool {
    COMMON.contains(&name) || FOREIGN.iter().any(|it| name.starts_with(it))
}

/// Whether one name is the other with a word spelled otherwise, or with a word more. Letters alone
/// tell little: all names of a service begin alike.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split('_').collect(), other.split('_').collect());
    let (long, short) = if one.len() >= other.len() { (&one, &other) } else { (&other, &one) };
    let ahead = long.iter().zip(short).take_while(|(one, other)| one == other).count();
    let rest = |words: &[&str], skip: usize| words.get(ahead + skip..).unwrap_or_default().concat();
    let is_more =
        long.len() == short.len() + 1 && short.len() > 1 && rest(long, 1) == rest(short, 0);
    let is_same = long.len() == short.len() && rest(long, 1) == rest(short, 1);
    let spelled = |at: &[&str]| at.get(ahead).copied().unwrap_or("").to_owned();
    let is_respelled = is_same && nearest(&spelled(long), [spelled(short).as_str()]).is_some();
    is_more || is_respelled || one.concat() == other.concat()
}

/// Where variables are read by programs, or set for them.
fn places(code: &[CodeFile], is_read: bool) -> Reads<'_> {
    let mut found: Reads<'_> = BTreeMap::new();
    let is_setting = |it: &CodeFile| matches!(it.language, Language::Env | Language::Yaml);
    for file in code.iter().filter(|it| is_setting(it) != is_read) {
        for named in &file.env_vars {
            found.entry(&named.name).or_insert((file, named));
        }
    }
    found
}

fn absent(side: &Side<'_>, text: &Text, near: Option<&(&CodeFile, &Named)>) -> Diagnostic {
    let name = &text.text;
    let message = match near {
        Some((_, near)) => format!("the code does not read `{name}`, it reads `{}`", near.name),
        None => format!("the code does not read `{name}`"),
    };
    // Scripts and tools read variables, too.
    let severity = side.severity(false);
    let mut finding = Diagnostic::new(ABSENT, severity, &side.outline.path, text.span, message);
    if let Some((file, near)) = near {
        finding.related(&file.path, near.place.span, "the nearest one");
    }
    finding.help(match (near, side.claim) {
        (Some(_), _) => "write one name in both places",
        (None, Claim::Planned) => "nothing, until the document says that it is built",
        (None, _) => "read it, or take it out of the document",
    });
    finding
}

/// One finding where most of what a document names is not read: it is about another program, or
/// about one that is still to come.
fn most(side: &Side<'_>, left: &[&Text], all: usize) -> Diagnostic {
    let count = left.len();
    let message = format!("the code does not read {count} of the {all} variables of the document");
    let first = left.first().map_or(side.outline.heading(), |it| it.span);
    let severity = side.severity(false);
    let mut finding = Diagnostic::new(ABSENT, severity, &side.outline.path, first, message);
    for text in left.iter().skip(1).take(SHOWN) {
        finding.related(&side.outline.path, text.span, format!("nor `{}`", text.text));
    }
    finding.help(match side.claim {
        Claim::Planned => "nothing, until the document says that it is built",
        _ => "read them, or name the right code with `--code`",
    });
    finding
}

/// Reports variables that are read and in no document: with the document that names others of the
/// same file or, where documents name half of all, with the one that names most.
fn report_unstated(
    sides: &[Side<'_>],
    (read, known): (&Reads<'_>, &HashSet<&str>),
    counts: &[(usize, usize)],
    drift: &mut Drift,
) -> HashMap<usize, usize> {
    let own = || read.iter().filter(|(name, _)| !is_common(name));
    let left: Vec<_> = own().filter(|(name, _)| !known.contains(*name)).collect();
    let is_covered = left.len() * 2 <= own().count();
    let fullest = counts.iter().enumerate().filter(|it| it.1.0 > 0).max_by_key(|it| it.1.0);
    let Some((at, side)) = fullest.and_then(|(at, _)| Some((at, sides.get(at)?))) else {
        drift.strangers.extend((!left.is_empty()).then_some((Topic::Variables, left.len())));
        return HashMap::new();
    };
    let files = own().filter(|(name, _)| known.contains(*name)).map(|it| it.1.0.path.as_str());
    let files: HashSet<&str> = files.collect();
    let (near, far): (Vec<_>, Vec<_>) = left
        .into_iter()
        .partition(|(_, (file, _))| is_covered || files.contains(file.path.as_str()));
    near.iter().for_each(|(_, it)| drift.found(at, unstated(side, it)));
    drift.strangers.extend((!far.is_empty()).then_some((Topic::Variables, far.len())));
    HashMap::from([(at, near.len())])
}

fn unstated(side: &Side<'_>, (file, named): &(&CodeFile, &Named)) -> Diagnostic {
    let is_sure = named.certainty == Certainty::Stated;
    let severity = match (side.claim, is_sure) {
        (Claim::Planned, _) | (_, false) => Severity::Info,
        _ => Severity::Warning,
    };
    let message = format!("the code reads `{}`, and no document says so", named.name);
    let span = named.place.span;
    let mut finding = Diagnostic::new(UNSTATED, severity, &file.path, span, message);
    let place = side.outline.env_vars.first().map_or(side.outline.heading(), |it| it.span);
    finding.related(&side.outline.path, place, "the document names others");
    finding.help("add it to the document, or read it no more");
    finding
}
