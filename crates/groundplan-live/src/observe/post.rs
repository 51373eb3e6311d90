//! One message to another server.

use std::time::Duration;

use http::Request;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyExt as _, Limited};
use tokio::time::timeout;

use crate::outside::{Client, whole};

/// How long one message may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Of an answer, no more is read.
const ANSWER_BYTES: usize = 64 * 1024;

/// Where messages go.
#[derive(Clone, Debug)]
pub(super) struct Target {
    client: Client,
    path: &'static str,
}

impl Target {
    /// `path` below the address `base`.
    pub(super) fn new(base: &str, path: &'static str) -> Result<Self, String> {
        Ok(Self { client: Client::of(base)?, path })
    }

    /// For messages to people.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.client.address.shown(), self.path)
    }

    /// Sends `body`; fails where it is not taken with a status of success.
    pub(super) async fn post(&self, media_type: &str, body: String) -> Result<(), String> {
        let sent = timeout(PATIENCE, self.exchange(media_type, body)).await;
        sent.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())))
    }

    async fn exchange(&self, media_type: &str, body: String) -> Result<(), String> {
        let request = Request::post(self.path).header(CONTENT_TYPE, media_type).body(whole(body));
        let answered = self.client.send(request.map_err(said)?).await;
        let response = answered.map_err(|unanswered| unanswered.reason().to_owned())?;
        let status = response.status();
        let read = Limited::new(response.into_body(), ANSWER_BYTES).collect().await;
        read.map_err(said)?;
        if status.is_success() { Ok(()) } else { Err(format!("it answered {status}")) }
    }
}

fn said(error: impl ToString) -> String {
    error.to_string()
}
