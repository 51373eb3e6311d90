//! Other HTTP services: the one behind this one (`--upstream`), and who is asked for keys, takes
//! spans, or is named by the document. All of them are asked by one client.

mod address;
mod body;
mod breaker;
mod client;
#[cfg(test)]
mod faulty;
mod service;
mod services;
pub(crate) mod trust;
mod upstream;

pub(crate) use address::Address;
pub(crate) use body::{Broken, Flow, empty, whole};
pub(crate) use client::{Client, Unanswered};
pub(crate) use service::{Request, Terms, Unserved, escaped};
pub(crate) use services::Services;
pub use services::{Secret, ServiceAddress};
pub(crate) use upstream::{PassedOn, Upstream};

use http::HeaderValue;
use thiserror::Error;

use crate::exchange::trace_context::TraceContext;
use crate::service::OutsideOptions;

/// What a request that goes on to another service takes along, besides itself.
#[derive(Clone, Debug)]
pub(crate) struct Onward {
    pub(crate) id: HeaderValue,
    pub(crate) trace: Option<TraceContext>,
}

/// An address of another service that cannot be used.
#[derive(Debug, Error)]
#[error("`{url}` cannot be asked: {reason}; write it as http://HOST:PORT with {option}")]
pub struct AddressError {
    /// What was given, without secrets.
    pub url: String,
    /// What is wrong with it.
    pub reason: String,
    /// Where it is said.
    pub option: &'static str,
}

/// A URL as it may be shown: without the user, who may have a password.
fn without_user(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        _ => url.to_owned(),
    }
}
