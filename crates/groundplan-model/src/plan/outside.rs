//! Other services that the document names among its dependencies, with what it says of calls to
//! them (rule D12).

mod mentions;
#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::terms::{self, Terms};
use crate::document::{Dependency, Document};
use crate::service::{Breaker, Evidence, Outside};
use mentions::Mentions;

/// Where nothing says how long a call may take.
const TIMEOUT_MS: u32 = 10_000;

/// The pause before the first repetition, where nothing says it.
const BACKOFF_MS: u32 = 1000;

/// Where nothing says when a service is left alone.
const BREAKER: Breaker = Breaker { failures: 5, open_ms: 30_000 };

/// Types of services that are asked by HTTP.
const ASKED: [&str; 9] =
    ["http", "https", "rest", "api", "saas", "webhook", "external", "third", "hosted"];

/// Types and names of what is no service of that sort.
const OTHERS: [&str; 24] = [
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "sqlite",
    "mongodb",
    "redis",
    "valkey",
    "memcached",
    "kafka",
    "rabbitmq",
    "nats",
    "sqs",
    "s3",
    "database",
    "cache",
    "queue",
    "storage",
    "library",
    "package",
    "framework",
    "sdk",
    "runtime",
    "internal",
];

/// Words of a name that tell it from nothing.
const GENERIC: [&str; 14] = [
    "outside", "external", "third", "party", "the", "service", "services", "api", "apis", "client",
    "system", "rest", "http", "hosted",
];

/// Every service that the document names, each once.
pub(super) fn services(document: &Document) -> Vec<Outside> {
    let mut found: Vec<(&Dependency, String)> = Vec::new();
    for it in document.dependencies.iter().filter(|it| is_asked(it)) {
        let name = name(&it.name);
        if !name.is_empty() && found.iter().all(|(_, known)| *known != name) {
            found.push((it, name));
        }
    }
    let names: Vec<&str> = found.iter().map(|(_, name)| name.as_str()).collect();
    let mentions = if names.is_empty() { None } else { Some(Mentions::of(document)) };
    let one = |(it, name): &(&Dependency, String)| {
        let others: Vec<&str> = names.iter().copied().filter(|other| other != name).collect();
        service(document, it, name, mentions.as_ref(), &others)
    };
    found.iter().map(one).collect()
}

/// Whether what is needed is a service that is asked by HTTP. A list of external things names
/// libraries, too: there something has to say how it is called.
fn is_asked(it: &Dependency) -> bool {
    let name = words(&it.name);
    let kind = it.kind.as_deref().map(words).unwrap_or_default();
    let is_other = |word: &String| OTHERS.contains(&word.as_str());
    if name.iter().chain(&kind).any(is_other) {
        return false;
    }
    let says_how = [&it.timeout, &it.retries, &it.limit, &it.url].into_iter().any(Option::is_some);
    let is_plain = kind.len() == 1 && kind.iter().any(|it| it == "external");
    says_how || !is_plain && kind.iter().any(|word| ASKED.contains(&word.as_str()))
}

fn words(text: &str) -> Vec<String> {
    let text = text.split('(').next().unwrap_or(text).to_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    words.map(str::to_owned).collect()
}

/// What rules call a service: `catalog` for "Outside Catalog", `payment_gateway` for "Payment
/// Gateway API".
fn name(title: &str) -> String {
    let all = words(title);
    let telling: Vec<&str> =
        all.iter().map(String::as_str).filter(|it| !GENERIC.contains(it)).collect();
    let name = if telling.is_empty() { all.join("_") } else { telling.join("_") };
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("service_{name}"),
        _ => name,
    }
}

fn service(
    document: &Document,
    it: &Dependency,
    name: &str,
    mentions: Option<&Mentions<'_>>,
    others: &[&str],
) -> Outside {
    let mut stated = Stated { terms: Terms::default(), evidence: Vec::new() };
    let what = format!("`{}` is the service `{name}`", it.name);
    stated.evidence.push(Evidence { rule: "D12", note: what, span: it.span });
    for (label, cell) in [
        ("timeout", &it.timeout),
        ("retries", &it.retries),
        ("limit", &it.limit),
        ("circuit breaker", &it.breaker),
    ] {
        if let Some(cell) = cell {
            stated.add(&terms::read(&format!("{label} {cell}")), it.span);
        }
    }
    let section = document.section_at(it.span.start).map(|section| section.span);
    let said = mentions.map(|all| all.of_service(name, others, section)).unwrap_or_default();
    for (sentence, span) in said {
        stated.add(&terms::read(&sentence), span);
    }
    stated.settle(it, name)
}

/// What is stated of a service so far.
struct Stated {
    terms: Terms,
    evidence: Vec<Evidence>,
}

impl Stated {
    /// Takes over what is new; what was stated before counts.
    fn add(&mut self, terms: &Terms, span: Span) {
        let mut notes = Vec::new();
        if let (None, Some(limit)) = (self.terms.limit, terms.limit) {
            self.terms.limit = Some(limit);
            notes.push(format!("at most {} calls in {} s", limit.count, limit.window_s));
        }
        if let (None, Some(ms)) = (self.terms.timeout_ms, terms.timeout_ms) {
            self.terms.timeout_ms = Some(ms);
            notes.push(format!("an attempt may take {ms} ms"));
        }
        if let (None, Some(retries)) = (self.terms.retries, terms.retries) {
            self.terms.retries = Some(retries);
            notes.push(format!("{retries} retries"));
        }
        if let (None, Some(ms)) = (self.terms.backoff_ms, terms.backoff_ms) {
            self.terms.backoff_ms = Some(ms);
            notes.push(format!("pauses begin with {ms} ms"));
        }
        if let (None, Some(failures)) = (self.terms.failures, terms.failures) {
            self.terms.failures = Some(failures);
            notes.push(format!("left alone after {failures} failures"));
        }
        if let (None, Some(ms)) = (self.terms.open_ms, terms.open_ms) {
            self.terms.open_ms = Some(ms);
            notes.push(format!("left alone for {ms} ms"));
        }
        self.evidence.extend(notes.into_iter().map(|note| Evidence { rule: "D12", note, span }));
    }

    fn settle(mut self, it: &Dependency, name: &str) -> Outside {
        let terms = self.terms;
        let assumed = [
            (terms.timeout_ms.is_none(), format!("an attempt may take {TIMEOUT_MS} ms")),
            (terms.retries.is_none(), "no call is repeated".to_owned()),
            (terms.failures.is_none(), format!("left alone after {} failures", BREAKER.failures)),
        ];
        for (_, note) in assumed.into_iter().filter(|(is_assumed, _)| *is_assumed) {
            let note = format!("{note} (assumed)");
            self.evidence.push(Evidence { rule: "D12", note, span: it.span });
        }
        Outside {
            name: name.to_owned(),
            title: it.name.clone(),
            base_url: it.url.clone(),
            limit: terms.limit,
            timeout_ms: terms.timeout_ms.unwrap_or(TIMEOUT_MS),
            retries: terms.retries.unwrap_or(0),
            backoff_ms: terms.backoff_ms.unwrap_or(BACKOFF_MS),
            breaker: Breaker {
                failures: terms.failures.unwrap_or(BREAKER.failures),
                open_ms: terms.open_ms.unwrap_or(BREAKER.open_ms),
            },
            fallback: it.fallback.clone(),
            span: it.span,
            evidence: self.evidence,
        }
    }
}
