//! The service's log, on standard error.

use tracing_subscriber::EnvFilter;

use crate::config::Config;
use crate::exit::Failure;
use crate::ui::Ui;

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Log {
    /// A line an event, for people.
    Text,
    /// A JSON object an event.
    Json,
}

/// The form of the log, and what is in it.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct LogOptions {
    /// How requests are logged, on standard error [default: text]
    #[arg(long, value_name = "FORMAT", env = "GROUNDPLAN_LOG_FORMAT", hide_env = true)]
    log: Option<Log>,

    /// What is logged: error, warn, info, debug, trace [default: info]
    ///
    /// Requests that fail in the service are of level info, all others of level debug.
    #[arg(long, value_name = "LEVEL", env = "GROUNDPLAN_LOG", hide_env = true)]
    log_level: Option<String>,
}

impl LogOptions {
    /// Sends events to standard error from now on.
    pub(crate) fn start(&self, config: &Config, ui: &Ui) -> Result<(), Failure> {
        let level = self.log_level.as_deref().or_else(|| config.text("run.log-level"));
        let builder = tracing_subscriber::fmt()
            .with_env_filter(filter(level.unwrap_or("info"))?)
            .with_writer(std::io::stderr)
            .with_ansi(ui.styled_messages());
        let in_file = || match config.text("run.log") {
            Some("json") => Log::Json,
            _ => Log::Text,
        };
        // A second start in one process, as in tests, keeps the first log.
        let _ = match self.log.unwrap_or_else(in_file) {
            Log::Text => builder.with_target(false).try_init(),
            Log::Json => builder.json().flatten_event(true).try_init(),
        };
        Ok(())
    }
}

fn filter(level: &str) -> Result<EnvFilter, Failure> {
    EnvFilter::try_new(level).map_err(|_| {
        let help = "take error, warn, info, debug or trace, alone or as `module=level`";
        Failure::new(format!("`{level}` is no level of a log"), help)
    })
}
