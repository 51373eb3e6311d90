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
        let Some(given) = &self.date else { return Ok(today()) };
        let date: Result<Date, _> = given.parse();
        date.map(|it| it.to_string()).map_err(|_| {
            Failure::new(
                format!("`{given}` is no date"),
                "write it as YYYY-MM-DD, such as 2026-11-21",
            )
        })
    }
}

fn today() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| it.parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    let seconds: u64 = fixed.unwrap_or_else(now);
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    time.to_zoned(TimeZone::UTC).date().to_string()
}
