//! What is said of jobs: "retried 5 times with exponential backoff starting at 2 s".

use super::{MOST_RETRIES, Reader, tokens};
use crate::service::Growth;

/// A longer pause, or a longer time for an attempt, is about something else.
const LONGEST_PAUSE_MS: u32 = 6 * 3_600_000;
const LONGEST_ATTEMPT_MS: u32 = 24 * 3_600_000;

/// How far the next pause of a list stands behind the one before: "1 s, 2 s and 4 s".
const NEAR: usize = 3;

/// What is said of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::plan) struct JobSaid {
    pub(in crate::plan) attempts: Option<u32>,
    /// The first pauses.
    pub(in crate::plan) pauses_ms: Vec<u32>,
    pub(in crate::plan) growth: Option<Growth>,
    pub(in crate::plan) longest_ms: Option<u32>,
    pub(in crate::plan) limit_ms: Option<u32>,
}

/// What `text` says of a job.
pub(in crate::plan) fn job(text: &str) -> JobSaid {
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    let it = Reader { tokens: &tokens };
    let limit = it.job_limit();
    let pauses = it.pauses(limit.map(|(at, _)| at));
    let longest = pauses.iter().find(|(at, _)| it.is_longest(*at)).map(|(_, ms)| *ms);
    let pauses: Vec<(usize, u32)> =
        pauses.into_iter().filter(|(at, _)| !it.is_longest(*at)).collect();
    JobSaid {
        attempts: it.attempts(),
        pauses_ms: together(&pauses),
        growth: it.growth(),
        longest_ms: longest,
        limit_ms: limit.map(|(_, ms)| ms),
    }
}

impl Reader<'_> {
    /// "5 attempts", "tried 3 times", and one more than the retries.
    fn attempts(&self) -> Option<u32> {
        let tried = || {
            let at = self.first(|word| matches!(word, "tried" | "tries" | "attempted"))?;
            let before = at.checked_sub(1).and_then(|at| self.count(at));
            before.or_else(|| (at + 1..at + 4).find_map(|at| self.count(at)))
        };
        let stated = || {
            let at = self.first(|word| word == "attempts")?;
            let before = || (1..=2).find_map(|back| self.count(at.checked_sub(back)?));
            before().or_else(|| self.count(at + 1))
        };
        let retries = self.first(|word| word.starts_with("retr")).and_then(|_| self.retries());
        let attempts = retries.map(|it| it + 1).or_else(stated).or_else(tried)?;
        (1..=MOST_RETRIES + 1).contains(&attempts).then_some(attempts)
    }

    /// How long an attempt may take, and where that stands.
    fn job_limit(&self) -> Option<(usize, u32)> {
        let at = (0..self.tokens.len()).find(|at| {
            let pair = (self.word(*at), self.word(at + 1));
            matches!(pair.0, "timeout" | "timeouts" | "deadline")
                || matches!(pair, ("time", "limit") | ("time" | "times", "out"))
                || matches!(pair, ("may" | "can", "take" | "run"))
        })?;
        let behind = self.durations(at).next().filter(|(place, _)| *place <= at + 6);
        let before = || {
            let start = at.checked_sub(2)?;
            self.durations(start).next().filter(|(place, _)| *place == start)
        };
        before().or(behind).filter(|(_, ms)| *ms > 0 && *ms <= LONGEST_ATTEMPT_MS)
    }

    /// Durations behind the word that speaks of trying again, but for that at `limit`.
    fn pauses(&self, limit: Option<usize>) -> Vec<(usize, u32)> {
        const BEGIN: [&str; 6] = ["retr", "attempt", "backoff", "pause", "delay", "exponential"];
        const KEPT: [&str; 6] = ["kept", "keep", "retained", "retention", "deleted", "expire"];
        let begins = |word: &str| BEGIN.iter().any(|it| word.starts_with(it)) || word == "tried";
        let Some(from) = self.first(begins) else { return Vec::new() };
        if self.first(|word| KEPT.contains(&word)).is_some() {
            return Vec::new();
        }
        let fits = |(at, ms): &(usize, u32)| {
            Some(*at) != limit && *ms > 0 && *ms <= LONGEST_PAUSE_MS && !self.is_window(*at)
        };
        self.durations(from).filter(fits).collect()
    }

    /// "for up to 24 h", "within 1 h": for how long at all.
    fn is_window(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.word(at));
        before(1) == "within" || (before(3), before(2), before(1)) == ("for", "up", "to")
    }

    /// "max 8 s", "at most 1 min", "capped at 30 s", "up to 60 s".
    fn is_longest(&self, at: usize) -> bool {
        const WORDS: [&str; 8] =
            ["max", "maximum", "most", "cap", "capped", "ceiling", "limit", "longest"];
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.word(at));
        (1..=2).any(|back| WORDS.contains(&before(back))) || (before(2), before(1)) == ("up", "to")
    }

    fn growth(&self) -> Option<Growth> {
        let doubles = |word: &str| word.starts_with("exponential") || word.starts_with("doubl");
        let stays = |word: &str| matches!(word, "fixed" | "constant" | "every");
        let found = self.first(doubles).map(|_| Growth::Doubles);
        found.or_else(|| self.first(stays).map(|_| Growth::Stays))
    }
}

/// The first run of durations that stand close together.
fn together(pauses: &[(usize, u32)]) -> Vec<u32> {
    let near =
        |pair: &[(usize, u32)]| matches!(pair, [(one, _), (other, _)] if other - one <= NEAR);
    let count = 1 + pauses.windows(2).take_while(|it| near(it)).count();
    pauses.iter().take(count).map(|(_, ms)| *ms).collect()
}
