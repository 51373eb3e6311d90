//! How a command ends: its exit code, and the message of one that could not do its work.

use std::fmt;
use std::io;

/// How a command ended. The table in `--help` is [`EXIT_CODES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report.
    Clean,
    /// Findings, or failed checks.
    Findings,
    /// Usage, configuration or input.
    Failed,
    /// Ended by Ctrl-C.
    Interrupted,
}

/// The table of exit codes, as every `--help` shows it.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
    0  clean: nothing found, every check passed
    1  findings, or checks that failed
    2  usage, configuration or input: the message says what to do
  130  interrupted";

impl Exit {
    /// The code that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
            Self::Interrupted => 130,
        }
    }

    /// `Findings` where there are any.
    pub(crate) fn of_findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }

    /// The worse of two ends.
    pub(crate) fn or(self, other: Self) -> Self {
        if self.code() >= other.code() { self } else { other }
    }
}

/// Why a command could not do its work, and the way out.
#[derive(Debug)]
pub(crate) enum Failure {
    /// For the user.
    Message {
        /// What is wrong, and where or why.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// The output could not be written. A broken pipe is success.
    Output(io::Error),
}

impl Failure {
    /// A failure with its way out.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message { message: message.into(), help: Some(help.into()) }
    }

    /// A failure of the system while `doing` something, such as "cannot read `x`".
    pub(crate) fn io(doing: impl fmt::Display, error: &io::Error, help: impl Into<String>) -> Self {
        Self::new(format!("{doing}: {}", plain_reason(error)), help)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The system's reason without "(os error 13)", which helps nobody.
pub(crate) fn plain_reason(error: &io::Error) -> String {
    let text = match error.raw_os_error() {
        Some(_) => error.to_string(),
        None => error.kind().to_string(),
    };
    let reason = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = reason.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// What every command returns.
pub(crate) type Outcome = Result<Exit, Failure>;
