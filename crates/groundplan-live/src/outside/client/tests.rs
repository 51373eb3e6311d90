//! Connections that are kept, and those that end.

use http::Request;
use http_body_util::BodyExt as _;

use super::{Client, Unanswered};
use crate::outside::faulty::{Faulty, Turn};
use crate::outside::{empty, whole};

async fn get(client: &Client, path: &str) -> Result<String, Unanswered> {
    let request = Request::get(path).body(empty()).expect("a request");
    let response = client.send(request).await?;
    let body = response.into_body().collect().await.expect("a body").to_bytes();
    Ok(String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn paths_stand_below_the_address_and_bodies_come_whole() {
    let server = Faulty::start(vec![Turn::Answer(200, "", "yes".to_owned())]).await;
    let client = Client::of(&format!("{}/v1/", server.url)).expect("an address");
    assert_eq!(get(&client, "/items?q=a%20b").await.expect("an answer"), "yes");
    let request = Request::post("/items").body(whole("{}")).expect("a request");
    assert_eq!(client.send(request).await.expect("an answer").status(), 200);
    let seen = server.seen();
    assert!(seen[0].starts_with("GET /v1/items?q=a%20b HTTP/1.1\r\nhost: 127.0.0.1:"), "{seen:?}");
    assert!(seen[1].ends_with("\r\n\r\n{}"), "{seen:?}");
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_broken_and_none_at_all_unreachable() {
    let server = Faulty::start(vec![Turn::HangUp]).await;
    let client = Client::of(&server.url).expect("an address");
    assert!(matches!(get(&client, "/").await, Err(Unanswered::Broken(_))));
    assert_eq!(server.count(), 1);
    let nobody = Client::of("http://127.0.0.1:9").expect("an address");
    assert!(matches!(get(&nobody, "/").await, Err(Unanswered::Unreachable(_))));
    assert!(client.is_reachable().await && !nobody.is_reachable().await);
}

#[tokio::test]
async fn a_kept_connection_that_its_server_closed_costs_no_answer() {
    let answer = Turn::Answer(200, "", "1".to_owned());
    let server = Faulty::start(vec![answer.clone(), Turn::HangUp, answer]).await;
    let client = Client::of(&server.url).expect("an address");
    assert_eq!(get(&client, "/").await.expect("an answer"), "1");
    // The driver of the first connection tells that it is ready again.
    while client.idle.lock().expect("no panic").iter().all(|(it, _)| !it.is_ready()) {
        tokio::task::yield_now().await;
    }
    assert_eq!(get(&client, "/").await.expect("an answer"), "1", "asked again on a fresh one");
    assert_eq!(server.count(), 3);
}
