//! What an operator sees of a running service: counts and times, traces, and the process itself.

pub(crate) mod histogram;
pub(crate) mod metrics;
mod otlp;
mod post;
pub(crate) mod process;
pub(crate) mod tracer;
