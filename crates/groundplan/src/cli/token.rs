//! `groundplan token`: a bearer token for the running service.

use std::path::PathBuf;

use groundplan_live::mint;

use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::disk::State;
use crate::exit::Exit;
use crate::serve::{SUBJECT, now_s};

/// Print a token that the service of `run` accepts
///
/// Made with the development key in `.groundplan/` beside the documents. Standard output holds the
/// token alone. Each subject sees its own rows where the document says so.
#[derive(clap::Parser)]
#[command(name = "token")]
pub(crate) struct Token {
    /// The document or folder that `run` was given
    #[arg(value_name = "FILE")]
    target: PathBuf,

    /// The caller that the token names
    #[arg(long, value_name = "NAME", default_value = SUBJECT, value_parser = subject)]
    subject: String,

    /// How long it holds: 90s, 15m, 1h, 7d
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = duration_s)]
    ttl: i64,

    /// Make one that ran out an hour ago, to see it refused
    #[arg(long, conflicts_with = "ttl")]
    expired: bool,
}

impl Run for Token {
    const EXAMPLES: &[(&str, &str)] = &[
        ("token design.md", "for `developer`, one hour"),
        ("token design.md --subject alice --ttl 7d", "for somebody else"),
        ("token design.md --expired", "one that must be refused"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        crate::disk::find(std::slice::from_ref(&self.target), None, &Configs::default())?;
        let key = State::of(&self.target).key()?;
        let ttl = if self.expired { -3600 } else { self.ttl };
        let token = mint(&key, &self.subject, now_s().saturating_add(ttl));
        ui.print(&format!("{token}\n"))?;
        Ok(Exit::Clean)
    }
}

fn subject(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("a token names its caller".to_owned()),
        name => Ok(name.to_owned()),
    }
}

fn duration_s(text: &str) -> Result<i64, String> {
    let wrong = || "write a number and a unit: 90s, 15m, 1h or 7d".to_owned();
    let digits = text.trim_end_matches(|it: char| !it.is_ascii_digit());
    let unit_s = match text.get(digits.len()..) {
        Some("s" | "") => 1,
        Some("m") => 60,
        Some("h") => 60 * 60,
        Some("d") => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let count: i64 = digits.parse().map_err(|_| wrong())?;
    count.checked_mul(unit_s).ok_or_else(wrong)
}
