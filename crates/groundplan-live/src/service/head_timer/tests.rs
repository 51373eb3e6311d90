//! Waits that end in time, though the alarm was set for another one.

use std::time::{Duration, Instant};

use hyper::rt::Timer as _;
use tokio::time::timeout;

use super::HeadTimer;

const SHORT: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_wait_ends_when_its_time_is_over_and_not_before() {
    let (timer, began) = (HeadTimer::default(), Instant::now());
    timer.sleep(SHORT).await;
    assert!(began.elapsed() >= SHORT);
}

#[tokio::test]
async fn a_later_wait_outlasts_the_alarm_of_the_one_before() {
    let timer = HeadTimer::default();
    let mut first = timer.sleep(SHORT);
    assert!(timeout(Duration::ZERO, &mut first).await.is_err(), "the alarm is set");
    drop(first);
    let began = Instant::now();
    timer.sleep(SHORT * 3).await;
    assert!(began.elapsed() >= SHORT * 3);
}

#[tokio::test]
async fn an_earlier_wait_does_not_wait_for_the_alarm_of_the_one_before() {
    let timer = HeadTimer::default();
    let mut first = timer.sleep(LONG);
    assert!(timeout(Duration::ZERO, &mut first).await.is_err(), "the alarm is set");
    let ended = timeout(LONG / 2, timer.sleep(SHORT)).await;
    assert!(ended.is_ok());
}
