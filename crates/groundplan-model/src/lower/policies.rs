//! What the service enforces beyond its schema, read from sentences: who may call, whose rows are
//! seen, how often, how many.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use groundplan_syntax::{Kind, Span};

mod access;
mod audit;
mod matrix;
#[cfg(test)]
mod tests;
mod words;

use super::stretches::holds;
use super::{Reading, prose};
use crate::document::{Concept, Policy, PolicyKind, Section, Text};
use words::Words;

/// Reads one kind of policy from a sentence in lower case without markup.
type Phrase = fn(Words<'_>) -> Option<PolicyKind>;

/// Every kind, in the order in which they are tried.
const PHRASES: &[Phrase] =
    &[bearer_token, own_rows, rate_limit, quota, page_size_stated, audit::read];

/// Where policies are stated; elsewhere the same words tell a story.
const SECTIONS: &[Concept] = &[
    Concept::Security,
    Concept::Api,
    Concept::Rules,
    Concept::Performance,
    Concept::DataModel,
    Concept::Errors,
];

/// Words without which no sentence states a policy.
static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "jwt",
        "jwts",
        "oauth",
        "access token",
        "access tokens",
        "api key",
        "x-api-key",
        "audience",
        "audit",
        "audit-logged",
        "aud",
        "issuer",
        "iss",
        "public",
        "unauthenticated",
        "authentication",
        "token",
        "only",
        "admin",
        "admins",
        "administrators",
        "manager",
        "managers",
        "agents",
        "auditors",
        "editors",
        "moderators",
        "operators",
        "reviewers",
        "staff",
        "supervisors",
        "role",
        "roles",
        "tenant",
        "tenants",
        "tenant_id",
        "organization",
        "organisation",
        "workspace",
        "bearer",
        "own",
        "owner",
        "owners",
        "requests",
        "request",
        "req",
        "calls",
        "at most",
        "up to",
        "more than",
        "max",
        "maximum",
        "default",
        "defaults",
        "per page",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .ok()
});

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    // A short document has no section below its title.
    let stated = reading.stretches(|section| {
        let is_about = |it: &Section| reading.is_under(it.heading.start, SECTIONS);
        section.is_none_or(|(_, it)| it.level == 1 || is_about(it))
    });
    for block in &reading.index.texts {
        if !holds(&stated, block.span.start)
            || matches!(reading.tree.kind(block.node), Kind::Heading(_))
        {
            continue;
        }
        let text = reading.source.slice(block.span);
        let triggers: Vec<usize> = triggers(text).collect();
        if triggers.is_empty() {
            continue;
        }
        for (at, sentence) in prose::sentences(text) {
            let place = at..at + sentence.len();
            // A question, or template text that nobody filled in, states nothing.
            if !triggers.iter().any(|it| place.contains(it)) || sentence.contains(['?', '[']) {
                continue;
            }
            let words = prose::plain(sentence).replace('\n', " ");
            let words = Words::of(&words);
            let kinds = PHRASES.iter().filter_map(|phrase| phrase(words));
            let span = prose::trimmed(block.span, at, sentence);
            found.extend(kinds.map(|kind| policy(kind, sentence, span)));
            found.extend(access::read(sentence).map(|kind| policy(kind, sentence, span)));
        }
    }
    matrix::read(reading, &mut found);
    reading.document.policies = found;
}

/// Where words of [`TRIGGERS`] stand in `text` with no letter beside them: "own", not "known".
fn triggers(text: &str) -> impl Iterator<Item = usize> {
    let found = TRIGGERS.iter().flat_map(move |it| it.find_iter(text));
    found.filter(|it| prose::is_word(text, it.start(), it.end())).map(|it| it.start())
}

fn policy(kind: PolicyKind, sentence: &str, span: Span) -> Policy {
    Policy { kind, text: Text { text: sentence.trim().to_owned(), span } }
}

fn is_negated(words: Words<'_>) -> bool {
    words.has_any(&["no", "not", "without", "never", "unauthenticated", "public", "anonymous"])
}

fn bearer_token(words: Words<'_>) -> Option<PolicyKind> {
    const DEMANDS: [&str; 10] = [
        "every",
        "all",
        "each",
        "require",
        "requires",
        "required",
        "must",
        "authentication",
        "authenticated",
        "authorization",
    ];
    let names_it =
        words.has_any(&["jwt", "jwts", "bearer", "oauth", "access token", "access tokens"]);
    (names_it && words.has_any(&DEMANDS) && !is_negated(words)).then_some(PolicyKind::BearerToken)
}

fn own_rows(words: Words<'_>) -> Option<PolicyKind> {
    const LIMITS: [&str; 4] =
        ["only the owner", "scoped", "per-owner access", "limited to the owner"];
    const ACTS: [&str; 10] =
        ["see", "sees", "read", "access", "change", "view", "list", "scoped", "rows", "resources"];
    let own = words.has_any(&["own"]) && words.has_any(&["only", "restricted", "limited"]);
    let is_stated = own || words.has_any(&["owner", "owners"]) && words.has_any(&LIMITS);
    (is_stated && words.has_any(&ACTS)).then_some(PolicyKind::OwnRows)
}

/// "6,000 requests per minute per user", "100 req/s".
fn rate_limit(words: Words<'_>) -> Option<PolicyKind> {
    let limits =
        ["rate limit", "rate limits", "rate limiting", "rate-limited", "limited to", "throttled"];
    // "At most 200 requests are in flight" bounds load, not callers.
    let callers = ["per user", "per caller", "per client", "per key", "per token", "per ip"];
    let bounds_callers = || words.has_any(&["at most", "limit"]) && words.has_any(&callers);
    if !words.has_any(&limits) && !bounds_callers() {
        return None;
    }
    let requests = ["requests", "request", "req", "calls"];
    let at = requests.iter().filter_map(|name| words.find_word(name)).min()?;
    let before = words.get(..at)?.trim_end();
    let start = before.rfind(|c: char| !c.is_ascii_digit() && c != ',').map_or(0, |it| it + 1);
    let (count, _) = prose::number(before.get(start..)?)?;
    let after = words.get(at..)?;
    let windows: [(&[&str], u32); 4] = [
        (&["per second", "/s", "/second", "a second", "/sec"], 1),
        (&["per minute", "/min", "/minute", "a minute"], 60),
        (&["per hour", "/h", "/hour", "an hour"], 3600),
        (&["per day", "/day", "a day"], 86_400),
    ];
    let stated = windows.iter().filter_map(|(names, window_s)| {
        let at = names.iter().filter_map(|name| after.find(name)).min()?;
        Some((at, *window_s))
    });
    let (_, window_s) = stated.min()?;
    Some(PolicyKind::RateLimit { count: u32::try_from(count).ok().filter(|it| *it > 0)?, window_s })
}

/// "an owner may have at most 20 queued or running exports".
fn quota(words: Words<'_>) -> Option<PolicyKind> {
    let limits = ["at most", "up to", "no more than", "a maximum of", "maximum of", "max"];
    let at = limits.iter().filter_map(|limit| words.find_word(limit).map(|at| at + limit.len()));
    let at = at.min()?;
    let owners = ["owner", "owners", "user", "users", "caller", "callers", "account", "tenant"];
    let may = ["may have", "can have", "may hold", "can hold", "may own", "can own"];
    let bounds_owner = words.has_any(&owners) || words.has_any(&may);
    if !bounds_owner || words.has_any(&["request", "requests"]) {
        return None;
    }
    let rest = words.get(at..)?;
    let lead = rest.trim_start();
    let (count, after) =
        lead.starts_with(|c: char| c.is_ascii_digit()).then(|| prose::number(lead))??;
    let stop = [" per ", " at ", " for ", " in ", ",", "(", ":", " and ", " each"];
    let end = stop.iter().filter_map(|word| after.find(word)).min().unwrap_or(after.len());
    let phrase = after.get(..end)?.trim();
    let mut names: Vec<&str> = phrase.split_whitespace().filter(|word| *word != "or").collect();
    let resource = names.pop()?.to_owned();
    // "50 active features" bounds all features; "50 active or paused features" names two states.
    let is_alone = names.len() == 1;
    let states =
        names.into_iter().filter(|it| !(is_alone && matches!(*it, "active" | "open" | "total")));
    Some(PolicyKind::Quota {
        count: u32::try_from(count).ok()?,
        resource,
        states: states.map(str::to_owned).collect(),
    })
}

fn page_size_stated(words: Words<'_>) -> Option<PolicyKind> {
    let (default, max) = size_of_pages(words)?;
    Some(PolicyKind::PageSize { default, max })
}

/// "`limit` (default 20, maximum 100)", "50 items per page": rows of a page by default and at
/// most.
pub(crate) fn page_size(words: &str) -> Option<(Option<u32>, Option<u32>)> {
    size_of_pages(Words::of(words))
}

fn size_of_pages(words: Words<'_>) -> Option<(Option<u32>, Option<u32>)> {
    let pages = ["per page", "page size", "per_page", "perpage", "page_size", "pagesize"];
    let speaks_of_pages = words.has_any(&pages);
    let speaks_of_rows = speaks_of_pages || words.has_any(&["limit"]);
    if !speaks_of_rows || words.has_any(&["rate", "requests", "seconds", "minute", "timeout"]) {
        return None;
    }
    let after = |names: &[&str]| {
        let mut places = names.iter().filter_map(|name| Some((words.find_word(name)?, name)));
        places.find_map(|(at, name)| near_number(words.get(at + name.len()..)?))
    };
    let default = after(&["default", "defaults"]);
    let max = after(&["maximum", "max", "at most", "up to"]);
    let tells = default.is_some() || speaks_of_pages && max.is_some();
    tells.then_some((default, max))
}

/// A number that only a few characters part from the word before it: "default: 20", "defaults to
/// 20".
fn near_number(text: &str) -> Option<u32> {
    let at = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at <= 8)?;
    let (number, rest) = prose::number(text.get(at..)?)?;
    let is_unit = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '%'));
    let is_number = !is_unit || rest.starts_with(". ") || rest == ".";
    u32::try_from(number).ok().filter(|it| is_number && (1..=100_000).contains(it))
}
