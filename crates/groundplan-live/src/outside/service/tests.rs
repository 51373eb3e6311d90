//! Calls to a faulty server: how often it is asked, and what comes of it.

use std::time::{Duration, Instant};

use groundplan_model::document::Method;
use groundplan_model::service::{Breaker, CallLimit, Outside};
use groundplan_syntax::Span;
use http::HeaderValue;
use serde_json::{Value, json};

use super::{Failure, Request, Service, Terms, escaped};
use crate::outside::faulty::{Faulty, Turn};
use crate::outside::{Onward, OutsideOptions, Secret, ServiceAddress};

fn terms_of(retries: u32) -> Outside {
    Outside {
        name: "catalog".to_owned(),
        title: "Outside Catalog".to_owned(),
        base_url: None,
        limit: None,
        timeout_ms: 200,
        retries,
        backoff_ms: 1,
        breaker: Breaker { failures: 100, open_ms: 1000 },
        fallback: None,
        span: Span::default(),
        evidence: Vec::new(),
    }
}

fn service(plan: &Outside, url: &str) -> Service {
    let authorization = Some(Secret::new("Bearer key-1".to_owned()));
    let address = ServiceAddress { name: "catalog".to_owned(), url: url.to_owned(), authorization };
    let options = OutsideOptions { services: vec![address], ..OutsideOptions::default() };
    Service::new(plan, &options).expect("an address")
}

fn request(method: Method) -> Request {
    Request { method, path: Some("/items/lamp".to_owned()), body: None }
}

fn within(time: Duration) -> Terms<'static> {
    Terms { until: Instant::now() + time, together: None, onward: None }
}

async fn ask(service: &Service, method: Method) -> Result<Value, Failure> {
    let asked = service.ask(&request(method), None, within(Duration::from_secs(5))).await;
    asked.map_err(|unserved| unserved.failure)
}

fn answers(status: u16) -> Turn {
    Turn::Answer(status, "", r#"{"title":"Lamp"}"#.to_owned())
}

#[tokio::test]
async fn a_call_that_failed_twice_is_made_three_times() {
    for wrong in [answers(503), answers(502), answers(504), answers(429), Turn::HangUp] {
        let server = Faulty::start(vec![wrong.clone(), wrong.clone(), answers(200)]).await;
        let service = service(&terms_of(3), &server.url);
        let answer = ask(&service, Method::Get).await;
        assert_eq!(answer, Ok(json!({ "title": "Lamp" })), "{wrong:?}");
        assert_eq!(server.count(), 3, "{wrong:?}");
    }
}

#[tokio::test]
async fn after_the_last_retry_the_call_has_failed() {
    let server = Faulty::start(vec![answers(503)]).await;
    let service = service(&terms_of(3), &server.url);
    assert_eq!(ask(&service, Method::Get).await, Err(Failure::Failing(503)));
    assert_eq!(server.count(), 4, "one and three retries");
    assert_eq!(service.outcomes(), [("failing", 4)]);
}

#[tokio::test]
async fn what_must_not_be_done_twice_and_what_will_not_go_better_is_asked_once() {
    let server = Faulty::start(vec![answers(503)]).await;
    let once = service(&terms_of(3), &server.url);
    assert_eq!(ask(&once, Method::Post).await, Err(Failure::Failing(503)));
    assert_eq!(server.count(), 1);
    for (turn, failure) in [
        (answers(400), Failure::Refused(400)),
        (answers(302), Failure::Refused(302)),
        (answers(500), Failure::Failing(500)),
        (Turn::Answer(200, "", "<html>".to_owned()), Failure::Unreadable),
    ] {
        let server = Faulty::start(vec![turn]).await;
        let service = service(&terms_of(3), &server.url);
        assert_eq!(ask(&service, Method::Get).await, Err(failure));
        assert_eq!(server.count(), 1, "{failure:?}");
    }
}

#[tokio::test]
async fn nothing_there_is_an_answer() {
    let server = Faulty::start(vec![answers(404)]).await;
    let service = service(&terms_of(3), &server.url);
    assert_eq!(ask(&service, Method::Get).await, Ok(Value::Null));
    assert_eq!(ask(&service, Method::Delete).await, Err(Failure::Refused(404)));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_slow_service_is_given_up_each_time_and_the_request_as_a_whole() {
    let server = Faulty::start(vec![Turn::Silence]).await;
    let slow = service(&Outside { timeout_ms: 50, ..terms_of(1) }, &server.url);
    assert_eq!(ask(&slow, Method::Get).await, Err(Failure::Late));
    assert_eq!(server.count(), 2);
    let patient = service(&Outside { timeout_ms: 60_000, ..terms_of(9) }, &server.url);
    let began = Instant::now();
    let terms = within(Duration::from_millis(100));
    let asked = patient.ask(&request(Method::Get), None, terms).await;
    assert_eq!(asked.expect_err("late").failure, Failure::Late);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    assert_eq!(server.count(), 3, "no time is left for a retry");
}

#[tokio::test]
async fn who_says_when_to_come_again_is_believed() {
    let busy = Turn::Answer(429, "Retry-After: 1\r\n", String::new());
    let server = Faulty::start(vec![busy.clone(), answers(200)]).await;
    let service = service(&terms_of(1), &server.url);
    let began = Instant::now();
    assert!(ask(&service, Method::Get).await.is_ok());
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
    let terms = within(Duration::from_millis(500));
    let later = Faulty::start(vec![busy]).await;
    let service = self::service(&terms_of(5), &later.url);
    let unserved = service.ask(&request(Method::Get), None, terms).await.expect_err("too late");
    assert_eq!(unserved.failure, Failure::Limited);
    assert_eq!(unserved.retry_after, Some(Duration::from_secs(1)));
    assert_eq!(later.count(), 1, "there is no time to come again");
}

#[tokio::test]
async fn a_service_that_is_down_is_left_alone_and_tried_with_one_call() {
    let server = Faulty::start(vec![answers(503), answers(503), answers(200)]).await;
    let breaker = Breaker { failures: 2, open_ms: 200 };
    let service = service(&Outside { breaker, ..terms_of(3) }, &server.url);
    // The second failure opens the breaker: the retries left are not made.
    assert_eq!(ask(&service, Method::Get).await, Err(Failure::Resting));
    assert_eq!((server.count(), service.breaker(), service.state()), (2, 2, "unavailable"));
    let terms = within(Duration::from_secs(5));
    let resting = service.ask(&request(Method::Get), None, terms).await.expect_err("it rests");
    assert_eq!((resting.failure, server.count()), (Failure::Resting, 2));
    assert!(resting.retry_after.is_some_and(|it| it <= Duration::from_millis(200)));
    while service.breaker() == 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!((service.breaker(), service.state()), (1, "on trial"));
    assert!(ask(&service, Method::Get).await.is_ok());
    assert_eq!((server.count(), service.breaker(), service.state()), (3, 0, "ready"));
}

#[tokio::test]
async fn no_more_calls_are_made_than_the_limit_allows() {
    let server = Faulty::start(vec![answers(200)]).await;
    let limit = Some(CallLimit { count: 2, window_s: 60 });
    let service = service(&Outside { limit, ..terms_of(3) }, &server.url);
    for _ in 0..2 {
        assert!(ask(&service, Method::Get).await.is_ok());
    }
    let terms = within(Duration::from_secs(5));
    let unserved = service.ask(&request(Method::Get), None, terms).await.expect_err("no permit");
    assert_eq!((unserved.failure, server.count()), (Failure::NoPermit, 2));
    assert!(unserved.retry_after.is_some_and(|it| it > Duration::from_secs(50)));
    assert_eq!(service.outcomes(), [("answered", 2), ("no_permit", 1)]);
}

#[tokio::test]
async fn a_short_window_is_waited_for() {
    let server = Faulty::start(vec![answers(200)]).await;
    let limit = Some(CallLimit { count: 1, window_s: 1 });
    let service = service(&Outside { limit, ..terms_of(0) }, &server.url);
    let began = Instant::now();
    assert!(ask(&service, Method::Get).await.is_ok() && ask(&service, Method::Get).await.is_ok());
    assert!(began.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn a_call_says_who_calls_and_for_which_request() {
    let server = Faulty::start(vec![answers(200)]).await;
    let service = service(&terms_of(0), &server.url);
    let onward = Onward { id: HeaderValue::from_static("r-1"), trace: None };
    let terms = Terms { onward: Some(&onward), ..within(Duration::from_secs(5)) };
    let body = Some(json!({ "q": "lamp" }));
    let request = Request { body, ..request(Method::Post) };
    assert!(service.ask(&request, None, terms).await.is_ok());
    let seen = server.seen().concat();
    assert!(seen.starts_with("POST /items/lamp HTTP/1.1\r\n"), "{seen}");
    for line in
        ["authorization: Bearer key-1", "x-request-id: r-1", "content-type: application/json"]
    {
        assert!(seen.contains(line), "{line} in {seen}");
    }
    assert!(seen.ends_with("{\"q\":\"lamp\"}"), "{seen}");
}

#[tokio::test]
async fn without_an_address_the_documented_answer_stands_in() {
    let service = Service::new(&terms_of(3), &OutsideOptions::default()).expect("no address");
    let shown = json!({ "title": "Shown" });
    let terms = within(Duration::from_secs(5));
    let answer = service.ask(&request(Method::Get), Some(&shown), terms).await;
    assert!(answer.is_ok_and(|answer| answer == shown));
    assert_eq!(ask(&service, Method::Get).await, Err(Failure::NoAddress));
    assert_eq!((service.state(), service.outcomes()), ("stub", vec![("stub", 2)]));
}

#[test]
fn secrets_are_never_shown() {
    let secret = Secret::new("Bearer key-1".to_owned());
    let header = secret.header().expect("a header");
    assert!(!format!("{secret:?} {header:?}").contains("key-1"));
    assert!(Secret::new("a\nb".to_owned()).header().is_err());
}

#[test]
fn values_cannot_leave_their_place_in_a_path() {
    assert_eq!(escaped("a b/c?d=é").as_deref(), Some("a%20b%2Fc%3Fd%3D%C3%A9"));
    assert_eq!(escaped("v1.2_x~-").as_deref(), Some("v1.2_x~-"));
    assert!(["", ".", ".."].iter().all(|it| escaped(it).is_none()));
}
