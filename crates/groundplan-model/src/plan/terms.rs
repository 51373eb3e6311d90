//! What a sentence or a cell says of calls and of jobs: how many, how long, how often again.

mod job;
#[cfg(test)]
mod tests;

use crate::service::CallLimit;
pub(super) use job::{JobSaid, job};

/// What is said of calls to a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) limit: Option<CallLimit>,
    pub(super) timeout_ms: Option<u32>,
    pub(super) retries: Option<u32>,
    pub(super) backoff_ms: Option<u32>,
    pub(super) failures: Option<u32>,
    pub(super) open_ms: Option<u32>,
}

/// A longer pause before a first repetition is a job's, not a call's.
const LONGEST_BACKOFF_MS: u32 = 60_000;

/// More retries than that are a mistake of reading.
const MOST_RETRIES: u32 = 20;

/// A word, a number, or the `/` of "100/min".
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    Number(f64),
    Slash,
}

/// What `text` says.
pub(super) fn read(text: &str) -> Terms {
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    let it = Reader { tokens: &tokens };
    let breaker = it.first(|word| word == "breaker");
    // What stands behind "breaker" is about that alone.
    let before =
        Reader { tokens: tokens.get(..breaker.unwrap_or(tokens.len())).unwrap_or(&tokens) };
    Terms {
        limit: it.limit(),
        timeout_ms: before.timeout_ms(),
        retries: before.retries(),
        backoff_ms: before.backoff_ms(),
        failures: breaker.and_then(|at| it.failures(at)),
        open_ms: breaker.and_then(|at| it.durations(at).next().map(|(_, ms)| ms)),
    }
}

impl Terms {
    /// A limit that is one.
    fn limited(count: u32, window_s: u32) -> Option<CallLimit> {
        (count > 0 && window_s > 0).then_some(CallLimit { count, window_s })
    }
}

struct Reader<'t> {
    tokens: &'t [Token<'t>],
}

impl<'t> Reader<'t> {
    fn word(&self, at: usize) -> &'t str {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => word,
            _ => "",
        }
    }

    fn number(&self, at: usize) -> Option<f64> {
        match self.tokens.get(at) {
            Some(Token::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number that is no duration.
    fn count(&self, at: usize) -> Option<u32> {
        let number = self.number(at).filter(|_| unit_ms(self.word(at + 1)).is_none())?;
        whole(number)
    }

    fn first(&self, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        (0..self.tokens.len()).find(|at| is_it(self.word(*at)))
    }

    /// Durations behind `from`, with their places.
    fn durations(&self, from: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let places = from..self.tokens.len();
        places.filter_map(|at| {
            let unit = unit_ms(self.word(at + 1))?;
            Some((at, whole(self.number(at)? * f64::from(unit))?))
        })
    }

    /// "100 calls per minute", "100 req/s", "100/min", "100 rpm".
    fn limit(&self) -> Option<CallLimit> {
        (0..self.tokens.len()).find_map(|at| {
            let count = whole(self.number(at)?)?;
            let per = |at: usize| Some(unit_ms(self.word(at))? / 1000).filter(|it| *it > 0);
            let window_s = match self.word(at + 1) {
                "rpm" => Some(60),
                "rps" | "qps" => Some(1),
                "calls" | "requests" | "req" | "reqs" | "queries" | "lookups" => {
                    self.window(at + 2)
                }
                "" if self.tokens.get(at + 1) == Some(&Token::Slash) => per(at + 2),
                "per" => per(at + 2),
                _ => None,
            };
            Terms::limited(count, window_s?)
        })
    }

    /// "per minute", "a minute", "/ min", "in 10 s".
    fn window(&self, at: usize) -> Option<u32> {
        let unit = |at: usize| Some(unit_ms(self.word(at))? / 1000).filter(|it| *it > 0);
        match (self.tokens.get(at)?, self.number(at + 1)) {
            (Token::Word("per" | "in" | "every" | "each" | "within"), Some(number)) => {
                whole(number * f64::from(unit(at + 2)?))
            }
            (Token::Word("per" | "a" | "an" | "every" | "each") | Token::Slash, None) => {
                unit(at + 1)
            }
            _ => None,
        }
    }

    /// "a timeout of 30 s", "times out after 5 seconds", "30 s timeout", "a call has 30 s".
    fn timeout_ms(&self) -> Option<u32> {
        let at = (0..self.tokens.len()).find(|at| {
            let pair = (self.word(*at), self.word(at + 1));
            matches!(pair.0, "timeout" | "timeouts" | "deadline")
                || matches!(pair, ("time" | "times", "out" | "outs"))
                || matches!(pair, ("call" | "attempt", "has" | "takes" | "may"))
                || matches!(pair, ("answers" | "responds" | "answer", "within"))
        })?;
        let behind = self.durations(at).next().filter(|(place, _)| *place <= at + 6);
        let before = || {
            let start = at.saturating_sub(2);
            self.durations(start).next().filter(|(place, _)| *place == start && start < at)
        };
        behind.or_else(before).map(|(_, ms)| ms).filter(|ms| *ms > 0)
    }

    /// "three retries", "retried up to 3 times", "retries: 3", "3 attempts", "no retries".
    fn retries(&self) -> Option<u32> {
        let found = self.first(|word| word.starts_with("retr")).and_then(|at| {
            if at > 0 && self.word(at - 1) == "no" {
                return Some(0);
            }
            let before = at.checked_sub(1).and_then(|at| self.count(at));
            before.or_else(|| (at + 1..at + 5).find_map(|at| self.count(at)))
        });
        let by_attempts = || {
            let at = self.first(|word| word == "attempts")?;
            self.count(at.checked_sub(1)?).map(|attempts| attempts.saturating_sub(1))
        };
        found.or_else(by_attempts).filter(|it| *it <= MOST_RETRIES)
    }

    /// "retries with 1 s, 2 s and 4 s between them", "a backoff of 200 ms".
    fn backoff_ms(&self) -> Option<u32> {
        let is_it = |word: &str| word.starts_with("retr") || word.starts_with("backoff");
        let at = self.first(is_it)?;
        // "retries 3 timeout 5 s" states another thing behind them.
        let other = |word: &str| matches!(word, "timeout" | "timeouts" | "deadline");
        let end = (at..self.tokens.len()).find(|at| other(self.word(*at)));
        let (place, ms) = self.durations(at).next()?;
        let is_ours = end.is_none_or(|end| place < end);
        Some(ms).filter(|ms| is_ours && *ms > 0 && *ms <= LONGEST_BACKOFF_MS)
    }

    /// "breaker opens after 5 failures".
    fn failures(&self, from: usize) -> Option<u32> {
        const FAULTS: [&str; 6] = ["fail", "fault", "error", "consecutive", "timeout", "times"];
        let is_fault = |at: usize| FAULTS.iter().any(|it| self.word(at).starts_with(it));
        let places = from..self.tokens.len();
        let mut counts = places.filter_map(|at| Some((at, self.count(at)?)));
        counts.find(|(at, count)| *count > 0 && (at + 1..at + 4).any(is_fault)).map(|(_, it)| it)
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_part = |it: char| match c.is_ascii_digit() {
            true => it.is_ascii_digit() || it == '.' || it == ',',
            false => it.is_alphabetic(),
        };
        let end = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end.max(c.len_utf8()));
        found.extend(match c {
            '/' => Some(Token::Slash),
            _ if c.is_ascii_digit() => number(part).map(Token::Number),
            _ if c.is_alphabetic() => Some(written(part).map_or(Token::Word(part), Token::Number)),
            _ => None,
        });
        rest = behind;
    }
    found
}

/// `1,000`, `0.5`, and the number before a full stop.
fn number(text: &str) -> Option<f64> {
    text.trim_end_matches(['.', ',']).replace(',', "").parse().ok()
}

fn written(word: &str) -> Option<f64> {
    const WORDS: [&str; 11] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let word = match word {
        "once" => "one",
        "twice" => "two",
        other => other,
    };
    let at = WORDS.iter().position(|it| *it == word)?;
    u32::try_from(at).ok().map(f64::from)
}

/// A unit of time in milliseconds.
fn unit_ms(word: &str) -> Option<u32> {
    Some(match word {
        "ms" | "millisecond" | "milliseconds" | "msec" => 1,
        "s" | "sec" | "secs" | "second" | "seconds" => 1000,
        "min" | "mins" | "minute" | "minutes" => 60_000,
        "h" | "hour" | "hours" => 3_600_000,
        "day" | "days" => 86_400_000,
        _ => return None,
    })
}

fn whole(number: f64) -> Option<u32> {
    // The text form is exact where a cast would cut off.
    format!("{:.0}", number.max(0.0)).parse().ok()
}
