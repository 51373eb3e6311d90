//! The date that documents are written with.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::exit::Failure;

/// `--date`, shared by the commands that write documents.
#[derive(clap::Args)]
pub(crate) struct DateOption {
    /// The date to write, as YYYY-MM-DD; today, or the day of SOURCE_DATE_EPOCH, if not given
    #[arg(long = "date", value_name = "DATE")]
    date: Option<String>,
}

impl DateOption {
    /// The date as `YYYY-MM-DD`. Days change at midnight UTC, so that colleagues agree.
    pub(crate) fn date(&self) -> Result<String, Failure> {
        self.date.as_deref().map_or_else(|| Ok(today()), parse)
    }
}

/// Reads a date that somebody gave.
pub(crate) fn parse(given: &str) -> Result<String, Failure> {
    let date: Result<Date, _> = given.parse();
    date.map(|it| it.to_string()).map_err(|_| {
        let message = format!("`{given}` is no date");
        Failure::new(message, "write it as YYYY-MM-DD, such as 2026-11-21")
    })
}

/// Today, or the day of SOURCE_DATE_EPOCH, as `YYYY-MM-DD`.
pub(crate) fn today() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let seconds: u64 = fixed.unwrap_or_else(now);
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    time.to_zoned(TimeZone::UTC).date().to_string()
}

/// Days from one date to another, both as `YYYY-MM-DD`; `None` where one is no date.
pub(crate) fn days_between(from: &str, to: &str) -> Option<i32> {
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    from.until(to).ok().map(|it| it.get_days())
}

/// Whether `text` is a date as `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok_and(|it| it.to_string() == text)
}
