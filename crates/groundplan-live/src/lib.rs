//! What does it do? Runs a [`ServicePlan`](groundplan_model::ServicePlan), and verifies one at a
//! URL.
//!
//! A request's way: `service` (sockets) → `app` → `router` → `endpoint` (who, how often, which
//! body) → `action` (one file an operation) → `store` (SQLite). Nothing here knows Markdown.

#![expect(clippy::disallowed_methods, reason = "sockets and clocks are what this crate is for")]

mod access;
mod action;
mod answer;
mod app;
mod auth;
mod body;
mod cache;
mod caller;
mod callers;
mod data;
mod endpoint;
mod example;
mod exchange;
mod fault;
#[cfg(test)]
mod fixture;
mod health;
mod hex;
mod host;
mod idempotency;
mod jobs;
mod limits;
mod multipart;
mod observe;
mod outside;
mod percent;
mod place;
mod problem;
mod query;
mod queue;
mod refused;
mod router;
mod secret;
mod service;
mod shared;
mod stamp;
mod store;
mod validate;
mod value;
mod verify;
mod wire;

pub use auth::{
    ApiKey, ApiKeysError, AuthOptions, JwksError, JwksSource, TokenClaims, mint, mint_claims,
};
pub use data::{DataError, Filled};
pub use fault::Fault;
pub use outside::{AddressError, Secret, ServiceAddress};
pub use service::{
    AuditChoice, CacheOptions, CachePlace, Database, HttpOptions, OutsideOptions, RunOptions,
    Running, StartError, TlsFiles, TraceOptions, start, without_password,
};
pub use verify::{Counts, Outcome, Report, RowResult, VerifyError, VerifyOptions, verify};
