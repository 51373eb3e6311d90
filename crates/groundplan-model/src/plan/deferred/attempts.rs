//! How often an endpoint's job is tried: what the document says of jobs (rule D13).
//!
//! A statement is about the endpoints whose paths it names with most words ("Shipping jobs" is about
//! `/orders/{id}/ship`), or about all where it names no job. What names an endpoint counts before
//! what is about all; of equals the first. "Mail jobs" are none of a service without a path of mails.

use crate::document::{Document, Text};
use crate::plan::names::{singular, snake};
use crate::plan::terms::{self, JobSaid};
use crate::service::{Attempts, Evidence, Growth, Route, Segment};

/// Words before "job" that do not tell one from another.
const ANY: [&str; 34] = [
    "a",
    "an",
    "the",
    "all",
    "any",
    "each",
    "every",
    "such",
    "these",
    "this",
    "that",
    "which",
    "and",
    "or",
    "of",
    "in",
    "by",
    "for",
    "to",
    "from",
    "when",
    "if",
    "after",
    "with",
    "failed",
    "failing",
    "background",
    "async",
    "asynchronous",
    "deferred",
    "queued",
    "default",
    "retry",
    "retries",
];

/// Tells every route with a job how that is tried.
pub(super) fn settle(document: &Document, routes: &mut [Route]) {
    if document.job_terms.is_empty() || !routes.iter().any(Route::is_deferred) {
        return;
    }
    let nouns: Vec<Vec<String>> = routes.iter().map(nouns).collect();
    let statements: Vec<(Vec<usize>, &Text)> =
        document.job_terms.iter().map(|it| (named(routes, &nouns, &it.text), it)).collect();
    for (at, route) in routes.iter_mut().enumerate() {
        let Some(deferral) = &mut route.deferral else { continue };
        let own = statements.iter().filter(|(about, _)| about.contains(&at));
        let general =
            statements.iter().filter(|(about, it)| about.is_empty() && is_of_all(&it.text));
        let mut stated = Stated::default();
        own.chain(general).for_each(|(_, text)| stated.add(&terms::job(&text.text), text));
        route.evidence.append(&mut stated.evidence);
        deferral.attempts = stated.settle();
    }
}

/// The endpoints with a job that a statement names with most words.
fn named(routes: &[Route], nouns: &[Vec<String>], text: &str) -> Vec<usize> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.len() > 2);
    let words: Vec<String> = words.map(|it| singular(&snake(it))).collect();
    let is_of = |noun: &String| words.iter().any(|word| word == noun || is_form(word, noun));
    let count = |at: usize| nouns.get(at).map_or(0, |it| it.iter().filter(|it| is_of(it)).count());
    let deferred =
        || (0..routes.len()).filter(|at| routes.get(*at).is_some_and(Route::is_deferred));
    let most = deferred().map(count).max().unwrap_or(0);
    deferred().filter(|at| most > 0 && count(*at) == most).collect()
}

/// Whether a statement that names no endpoint names no job at all.
fn is_of_all(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = |it: &str| -> Vec<String> {
        it.split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    // "Export: retries 5": the row or the label names its job.
    if let Some((label, _)) = lower.split_once(':') {
        return words(label).iter().all(|it| is_work(it) || ANY.contains(&it.as_str()));
    }
    let words = words(&lower);
    let work = words.iter().position(|it| is_work(it));
    let before = work.and_then(|at| words.get(at.checked_sub(1)?));
    before.is_none_or(|it| ANY.contains(&it.as_str()))
}

fn is_work(word: &str) -> bool {
    matches!(singular(word).as_str(), "job" | "worker" | "queue" | "task" | "work")
}

/// Whether `word` is a form of `noun`: `shipping` and `shipment` of `ship`.
fn is_form(word: &str, noun: &str) -> bool {
    noun.len() >= 4 && word.starts_with(noun.trim_end_matches('e')) && word.len() <= noun.len() + 6
}

/// The words of a path.
fn nouns(route: &Route) -> Vec<String> {
    let word = |segment: &Segment| match segment {
        Segment::Literal(text) => Some(singular(&snake(text))),
        Segment::Parameter(_) => None,
    };
    route.path.iter().filter_map(word).collect()
}

/// What is stated so far.
#[derive(Default)]
struct Stated {
    said: JobSaid,
    evidence: Vec<Evidence>,
}

impl Stated {
    /// Takes over what is new; what was stated before counts.
    fn add(&mut self, said: &JobSaid, text: &Text) {
        let mut notes = Vec::new();
        if let (None, Some(attempts)) = (self.said.attempts, said.attempts) {
            self.said.attempts = Some(attempts);
            notes.push(format!("a job is tried at most {attempts} times"));
        }
        if let (None, Some(limit)) = (self.said.limit_ms, said.limit_ms) {
            self.said.limit_ms = Some(limit);
            notes.push(format!("an attempt at a job may take {limit} ms"));
        }
        let has_pauses = !self.said.pauses_ms.is_empty() || self.said.growth.is_some();
        if !has_pauses && (!said.pauses_ms.is_empty() || said.growth.is_some()) {
            self.said.pauses_ms.clone_from(&said.pauses_ms);
            (self.said.growth, self.said.longest_ms) = (said.growth, said.longest_ms);
            notes.push("the pauses between attempts at a job".to_owned());
        }
        let span = text.span;
        self.evidence.extend(notes.into_iter().map(|note| Evidence { rule: "D13", note, span }));
    }

    fn settle(self) -> Attempts {
        let usual = Attempts::default();
        let said = self.said;
        let grows = said.growth.is_some();
        let pauses_ms = match (said.pauses_ms.is_empty(), grows) {
            (false, _) => said.pauses_ms,
            (true, true) => vec![1000],
            (true, false) => usual.pauses_ms,
        };
        Attempts {
            most: said.attempts.unwrap_or(usual.most),
            pauses_ms,
            growth: said.growth.unwrap_or(Growth::Stays),
            longest_ms: said.longest_ms,
            limit_ms: said.limit_ms,
        }
    }
}
