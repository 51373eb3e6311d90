//! The service's log, on standard error.

use tracing_subscriber::EnvFilter;

use crate::ui::Ui;

/// The form of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Log {
    /// A line an event, for people.
    Text,
    /// A JSON object an event.
    Json,
}

impl Log {
    /// Sends events to standard error from now on. `GROUNDPLAN_LOG` sets the level, as in
    /// `GROUNDPLAN_LOG=debug`.
    pub(crate) fn start(self, ui: &Ui) {
        let filter = EnvFilter::try_from_env("GROUNDPLAN_LOG");
        let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
        let builder = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .with_ansi(ui.styled_messages());
        // A second start in one process, as in tests, keeps the first log.
        let _ = match self {
            Self::Text => builder.with_target(false).try_init(),
            Self::Json => builder.json().flatten_event(true).try_init(),
        };
    }
}
