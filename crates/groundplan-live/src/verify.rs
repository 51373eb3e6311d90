//! Does a service at a URL do what its document says? Requests, answers, verdicts.
//!
//! Which requests, and what must hold for their answers, is decided by
//! [`groundplan_model::case`]; here they are made. Nothing passes that was not observed.

mod check;
mod client;
mod fill;
mod flood;
mod people;
mod report;
mod sentence;
mod stage;
mod stop;
mod verdict;
mod verify_error;

use std::time::{Duration, Instant};

use groundplan_model::ServicePlan;
use groundplan_model::case::{Case, Cases, Seed};
use jiff::Timestamp;

use client::Client;
use people::People;
pub use report::{Counts, Outcome, Report, RowResult};
use stage::Stage;
use stop::Verdict;
pub use verify_error::VerifyError;

/// A verification ends after this time, whatever is left of it.
const LIMIT: Duration = Duration::from_secs(180);

/// What a verification is told.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// Where the service is: `http://127.0.0.1:8080`, with a path if it has one there.
    pub base_url: String,
    /// The key that the service checks tokens with (HS256): callers are made up as needed.
    pub key: Option<Vec<u8>>,
    /// A token, where there is no key: all requests are made with it.
    pub token: Option<String>,
    /// Decides which values are sent.
    pub seed: u64,
    /// What makes this run's values differ from those that an earlier run left: microseconds since
    /// 1970, now where it is `None`. The same number sends the same requests again.
    pub began_us: Option<u64>,
}

/// Compares the service at a URL with the plan of its document.
///
/// # Errors
///
/// When the address is none, or nobody answers there.
pub async fn verify(plan: &ServicePlan, options: &VerifyOptions) -> Result<Report, VerifyError> {
    let mut client = Client::new(&options.base_url)?;
    client.connect().await?;
    let seed = Seed { number: options.seed, tag: tag(options.began_us) };
    let cases = Cases::of(plan, &seed);
    let people = People::new(plan, options, &seed.tag);
    let run = Run { plan, people, began: Instant::now() };
    let mut verdicts = Vec::with_capacity(cases.cases.len());
    for (number, case) in cases.cases.iter().enumerate() {
        verdicts.push(run.case(&mut client, &cases, case, number).await?);
    }
    Ok(verdict::report(plan, &cases, verdicts))
}

/// What all cases share.
struct Run<'p> {
    plan: &'p ServicePlan,
    people: People,
    began: Instant,
}

impl Run<'_> {
    async fn case(
        &self,
        client: &mut Client,
        cases: &Cases,
        case: &Case,
        number: usize,
    ) -> Result<Verdict, VerifyError> {
        if self.began.elapsed() > LIMIT {
            let reason = format!("the verification's {} s were over before", LIMIT.as_secs());
            return Ok(Verdict::NotProvoked(reason));
        }
        let mut stage = Stage::new(self, client, cases, case, number);
        let verdict = stage.play().await;
        stage.clean_up().await;
        verdict
    }
}

/// The time that a run's values have in them.
fn tag(began_us: Option<u64>) -> String {
    let mut number = began_us.unwrap_or_else(|| Timestamp::now().as_microsecond().unsigned_abs());
    let mut digits = String::new();
    while number > 0 {
        let digit = u32::try_from(number % 36).unwrap_or(0);
        digits.insert(0, char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
    }
    digits
}
