//! The datasets of the example's design as an engineer would write them for speed: axum with
//! rusqlite (a connection a thread for reading, one thread that writes and commits what waits), or
//! with tokio-postgres and a pool.
//!
//! It serves the paths that are measured: list, create, read.

mod auth;
mod dataset;
mod list;
mod postgres;
mod rows;
mod store;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::extract::{Path as Segment, Query, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use serde_json::json;

use auth::Verifier;
use dataset::{Dataset, NewDataset};
use list::Page;
use rows::Rows;

pub(crate) use auth::{KEY, token};

struct Service {
    verifier: Verifier,
    rows: Rows,
}

/// `by-hand FILE|URL`
pub(crate) fn run(args: &[String]) -> Result<()> {
    let database = args.first().context("usage: by-hand FILE|URL")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let rows = Rows::open(database).await?;
        serve(Arc::new(Service { verifier: Verifier::new(), rows })).await
    })
}

async fn serve(service: Arc<Service>) -> Result<()> {
    let router = Router::new()
        .route("/api/v1/datasets", get(list).post(create))
        .route("/api/v1/datasets/{id}", get(read))
        .with_state(service);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("by hand on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}

async fn list(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Query(page): Query<Page>,
) -> Result<Response, Refused> {
    let owner = service.verifier.subject(&headers)?;
    let position = page.position()?;
    let (datasets, next) = service.rows.list(&owner, page.limit, position.as_ref()).await?;
    let mut response = Json(datasets).into_response();
    if let Some(next) = next {
        page.link(&next, response.headers_mut());
    }
    Ok(response)
}

async fn read(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Segment(id): Segment<String>,
) -> Result<Json<Dataset>, Refused> {
    let owner = service.verifier.subject(&headers)?;
    let not_found = || Refused(StatusCode::NOT_FOUND, "not_found", "there is no such row");
    let id = uuid::Uuid::try_parse(&id).map_err(|_| not_found())?;
    let found = service.rows.read(&owner, id).await?;
    found.map(Json).ok_or_else(not_found)
}

async fn create(
    State(service): State<Arc<Service>>,
    headers: HeaderMap,
    Json(new): Json<NewDataset>,
) -> Result<Response, Refused> {
    let owner = service.verifier.subject(&headers)?;
    let dataset = service.rows.create(new.checked(owner)?).await?;
    let location = format!("/api/v1/datasets/{}", dataset.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(dataset)).into_response())
}

/// A refusal: status, code, message.
struct Refused(StatusCode, &'static str, &'static str);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        (status, Json(json!({ "error": { "code": code, "message": message } }))).into_response()
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        eprintln!("by hand: {error}");
        Self(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "the database is busy or gone")
    }
}
