//! How a service speaks HTTP, apart from what its document says.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::outside::ServiceAddress;

/// How a service speaks HTTP, apart from what its document says.
#[derive(Clone, Debug)]
pub struct HttpOptions {
    /// A socket file to listen on besides the address.
    pub unix_socket: Option<PathBuf>,
    /// Certificate and key; the address is served with TLS then.
    pub tls: Option<TlsFiles>,
    /// Where health, metrics and control are served, instead of beside the document's paths.
    pub admin: Option<SocketAddr>,
    /// Origins whose pages may call the service; `*` is every one.
    pub cors_origins: Vec<String>,
    /// Bodies of this size travel smaller where the client takes that; `None` for never.
    pub compress_from_bytes: Option<usize>,
    /// Larger bodies are refused.
    pub body_limit_bytes: usize,
    /// Longer request lines with their headers are refused.
    pub head_limit_bytes: usize,
    /// How long a connection may be idle, or take for the head of a request.
    pub head_timeout: Duration,
    /// How long a body may take.
    pub body_timeout: Duration,
    /// How long a client may take none of an answer's bytes.
    pub write_timeout: Duration,
    /// How long a stop waits for answers that are under way.
    pub drain: Duration,
    /// Whether operators may take out all rows and throw them away.
    pub control: bool,
    /// Whether answers say how long they took.
    pub server_timing: bool,
    /// Names whose values the log must not hold, besides those of secrets.
    pub redact: Vec<String>,
    /// Where spans are sent; `None` for nowhere.
    pub traces: Option<TraceOptions>,
    /// Which other services it asks.
    pub outside: OutsideOptions,
}

/// The files of a server's TLS identity, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, with those that vouch for it behind it.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Where spans are sent.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceOptions {
    /// The collector, such as `http://localhost:4318`; spans go to `/v1/traces` below it.
    pub endpoint: String,
    /// What the service is called in traces.
    pub service_name: String,
    /// The share of traces that begin here and are kept, from 0 to 1.
    pub ratio: f64,
}

/// Which other services a service asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideOptions {
    /// Where requests go on to that the document does not explain.
    pub upstream: Option<String>,
    /// Where services are that rules call.
    pub services: Vec<ServiceAddress>,
    /// How long a request waits for other services.
    pub patience: Duration,
}

impl Default for OutsideOptions {
    fn default() -> Self {
        Self { upstream: None, services: Vec::new(), patience: Duration::from_secs(30) }
    }
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            unix_socket: None,
            tls: None,
            admin: None,
            cors_origins: Vec::new(),
            compress_from_bytes: Some(1024),
            body_limit_bytes: 1024 * 1024,
            head_limit_bytes: 64 * 1024,
            head_timeout: Duration::from_secs(30),
            body_timeout: Duration::from_secs(30),
            write_timeout: Duration::from_secs(30),
            drain: Duration::from_secs(10),
            control: false,
            server_timing: false,
            redact: Vec::new(),
            traces: None,
            outside: OutsideOptions::default(),
        }
    }
}
