//! How a service speaks HTTP: options of the command line and the environment, over `[run]` of
//! `groundplan.toml`, over what counts where nobody says.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use groundplan_live::{HttpOptions, TlsFiles, TraceOptions};

use crate::config::Config;
use crate::exit::Failure;

#[cfg(test)]
mod tests;

/// How the service speaks HTTP.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "HTTP")]
pub(crate) struct HttpFlags {
    /// A certificate (PEM) to serve HTTPS with
    #[arg(long, value_name = "FILE", env = "GROUNDPLAN_TLS_CERT", hide_env = true)]
    tls_cert: Option<PathBuf>,

    /// The certificate's key (PEM)
    #[arg(long, value_name = "FILE", env = "GROUNDPLAN_TLS_KEY", hide_env = true)]
    tls_key: Option<PathBuf>,

    /// Listen on this socket file, too
    #[arg(long, value_name = "FILE", env = "GROUNDPLAN_UNIX_SOCKET", hide_env = true)]
    unix_socket: Option<PathBuf>,

    /// A port of its own for health, metrics and the plan
    #[arg(long, value_name = "PORT", env = "GROUNDPLAN_ADMIN_PORT", hide_env = true)]
    admin_port: Option<u16>,

    /// An origin whose pages may call the service, as often as needed; `*` for every one
    #[arg(
        long = "cors-origin",
        value_name = "ORIGIN",
        env = "GROUNDPLAN_CORS_ORIGIN",
        hide_env = true,
        value_delimiter = ','
    )]
    cors_origins: Vec<String>,

    /// The size from which bodies travel compressed; 0 for never [default: 1024]
    #[arg(long, value_name = "BYTES", env = "GROUNDPLAN_COMPRESS_FROM", hide_env = true)]
    compress_from: Option<usize>,

    /// The most that the body of a request may have [default: 1048576]
    #[arg(long, value_name = "BYTES", env = "GROUNDPLAN_BODY_LIMIT", hide_env = true)]
    body_limit: Option<usize>,

    /// How long a stop waits for answers that are under way [default: 10]
    #[arg(long, value_name = "SECONDS", env = "GROUNDPLAN_DRAIN", hide_env = true)]
    drain: Option<u64>,

    /// Let operators take all rows out, put others in, and throw them away (`/_proto/reset`,
    /// `/_proto/snapshot`)
    #[arg(long, env = "GROUNDPLAN_CONTROL", hide_env = true)]
    control: bool,

    /// Say in each answer how long it took
    #[arg(long, env = "GROUNDPLAN_SERVER_TIMING", hide_env = true)]
    server_timing: bool,

    /// A name whose values the log must not hold, as often as needed; `subject` is the caller
    #[arg(
        long,
        value_name = "NAME",
        env = "GROUNDPLAN_REDACT",
        hide_env = true,
        value_delimiter = ','
    )]
    redact: Vec<String>,

    /// The collector that spans are sent to, such as http://localhost:4318
    #[arg(long, value_name = "URL", env = "OTEL_EXPORTER_OTLP_ENDPOINT", hide_env = true)]
    otlp_endpoint: Option<String>,

    /// How many of a hundred traces that begin here are kept [default: 100]
    #[arg(long, value_name = "COUNT", env = "GROUNDPLAN_OTLP_PERCENT", hide_env = true)]
    otlp_percent: Option<usize>,
}

impl HttpFlags {
    /// What they come to over `config`, for a service of this title that listens at `host`.
    pub(crate) fn options(
        &self,
        config: &Config,
        host: IpAddr,
        title: &str,
    ) -> Result<HttpOptions, Failure> {
        let it = HttpOptions::default();
        let path = |flag: &Option<PathBuf>, key: &str| flag.clone().or_else(|| config.path(key));
        let count = |flag: Option<usize>, key: &str| flag.or_else(|| config.count(key));
        let admin = match self.admin_port {
            Some(port) => Some(port),
            None => config.count("run.admin-port").map(port).transpose()?,
        };
        let drain = self.drain.map(Duration::from_secs).or_else(|| seconds(config, "run.drain"));
        let compress = count(self.compress_from, "run.compress-from");
        Ok(HttpOptions {
            tls: self.tls(config)?,
            unix_socket: path(&self.unix_socket, "run.unix-socket"),
            admin: admin.map(|port| SocketAddr::new(host, port)),
            cors_origins: texts(&self.cors_origins, config, "run.cors-origins"),
            compress_from_bytes: match compress {
                Some(0) => None,
                Some(bytes) => Some(bytes),
                None => it.compress_from_bytes,
            },
            body_limit_bytes: count(self.body_limit, "run.body-limit")
                .unwrap_or(it.body_limit_bytes),
            drain: drain.unwrap_or(it.drain),
            control: self.control || config.flag("run.control", false),
            server_timing: self.server_timing || config.flag("run.server-timing", false),
            redact: texts(&self.redact, config, "run.redact"),
            traces: self.traces(config, title),
            ..it
        })
    }

    fn tls(&self, config: &Config) -> Result<Option<TlsFiles>, Failure> {
        let certificate = self.tls_cert.clone().or_else(|| config.path("run.tls-cert"));
        let key = self.tls_key.clone().or_else(|| config.path("run.tls-key"));
        match (certificate, key) {
            (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Failure::new(
                "a certificate without its key cannot serve HTTPS",
                "name the key with --tls-key",
            )),
            (None, Some(_)) => Err(Failure::new(
                "a key without its certificate cannot serve HTTPS",
                "name the certificate with --tls-cert",
            )),
        }
    }

    fn traces(&self, config: &Config, title: &str) -> Option<TraceOptions> {
        let set = self.otlp_endpoint.as_deref().or_else(|| config.text("run.otlp-endpoint"));
        let endpoint = set.filter(|endpoint| !endpoint.is_empty())?.to_owned();
        let percent = self.otlp_percent.or_else(|| config.count("run.otlp-percent"));
        let percent = u8::try_from(percent.unwrap_or(100).min(100)).unwrap_or(100);
        let service_name = title.to_owned();
        Some(TraceOptions { endpoint, service_name, ratio: f64::from(percent) / 100.0 })
    }
}

/// A port of a configuration file.
pub(super) fn port(number: usize) -> Result<u16, Failure> {
    u16::try_from(number).map_err(|_| {
        let help = "a port is a number from 0 to 65535; mend `[run]` in groundplan.toml";
        Failure::new(format!("{number} is no port"), help)
    })
}

fn texts(flags: &[String], config: &Config, key: &str) -> Vec<String> {
    if flags.is_empty() { config.texts(key) } else { flags.to_vec() }
}

fn seconds(config: &Config, key: &str) -> Option<Duration> {
    u64::try_from(config.count(key)?).ok().map(Duration::from_secs)
}
