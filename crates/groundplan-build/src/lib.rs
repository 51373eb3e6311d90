//! What can be written from a [`groundplan_model::ServicePlan`]: its OpenAPI description, the SQL of
//! the running store, and an API page for people. Pure functions: the binary writes the files.

mod api_page;
mod openapi;
mod sql;

#[cfg(test)]
mod fixture;

pub use api_page::api_page;
pub use openapi::openapi;
pub use sql::{postgres_schema, sqlite_schema};
