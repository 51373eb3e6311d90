//! Which other services a service asks: options of the command line and the environment, over `[run]`
//! of `groundplan.toml`.

use std::time::Duration;

use groundplan_live::OutsideOptions;

use crate::config::Config;

/// The variable that names the upstream.
const UPSTREAM: &str = "GROUNDPLAN_UPSTREAM";

/// Which other services the service asks.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Other services")]
pub(crate) struct OutsideFlags {
    /// The service that answers what nothing in the document explains, such as http://localhost:3000;
    /// what it answers with 501 is answered here
    #[arg(long, value_name = "URL", env = UPSTREAM, hide_env = true)]
    upstream: Option<String>,

    /// How long a request waits for other services [default: 30]
    #[arg(long, value_name = "SECONDS", env = "GROUNDPLAN_OUTSIDE_TIMEOUT", hide_env = true)]
    outside_timeout: Option<u64>,
}

impl OutsideFlags {
    /// What they come to over `config`.
    pub(super) fn options(&self, config: &Config) -> OutsideOptions {
        let it = OutsideOptions::default();
        let set = self.upstream.as_deref().or_else(|| config.text("run.upstream"));
        let in_file = || u64::try_from(config.count("run.outside-timeout")?).ok();
        let seconds = self.outside_timeout.or_else(in_file);
        OutsideOptions {
            upstream: named(set),
            patience: seconds.map_or(it.patience, Duration::from_secs),
        }
    }
}

/// The upstream that the environment or the configuration names, for those who only tell about it.
pub(crate) fn upstream(config: &Config) -> Option<String> {
    let set = std::env::var(UPSTREAM).ok();
    named(set.as_deref().or_else(|| config.text("run.upstream")))
}

/// An empty one turns off what a lower place says.
fn named(set: Option<&str>) -> Option<String> {
    set.filter(|url| !url.is_empty()).map(str::to_owned)
}
