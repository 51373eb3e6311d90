//! One small document by HTTP: the key set of an identity provider.

use std::time::Duration;

use http::Request;
use http::header::ACCEPT;
use http_body_util::{BodyExt as _, Limited};

use crate::outside::{Address, Client, empty};

/// How long the whole exchange may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The body of a success at `url`, of at most `limit_bytes`; or what happened instead.
pub(super) async fn get(url: &str, limit_bytes: usize) -> Result<Vec<u8>, String> {
    let answered = tokio::time::timeout(TIMEOUT, exchange(url, limit_bytes)).await;
    answered.map_err(|_| format!("no answer in {} s", TIMEOUT.as_secs()))?
}

async fn exchange(url: &str, limit_bytes: usize) -> Result<Vec<u8>, String> {
    let (address, path) = Address::apart(url)?;
    let client = Client::new(address)?;
    let request = Request::get(path).header(ACCEPT, "application/json").body(empty());
    let answered = client.send(request.map_err(|error| error.to_string())?).await;
    let answer = answered.map_err(|unanswered| unanswered.reason().to_owned())?;
    if !answer.status().is_success() {
        return Err(format!("the answer was {}", answer.status()));
    }
    let body = Limited::new(answer.into_body(), limit_bytes).collect().await;
    body.map(|it| it.to_bytes().to_vec()).map_err(|error| error.to_string())
}
