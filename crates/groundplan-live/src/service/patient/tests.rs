//! Clients that take nothing.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

use super::Patient;

#[tokio::test]
async fn a_client_that_takes_nothing_is_given_up() {
    let (ours, _theirs) = duplex(16);
    let mut stream = Patient::new(ours, Duration::from_millis(20));
    let written = stream.write_all(&[0; 64]).await;
    assert_eq!(written.expect_err("nobody reads").kind(), ErrorKind::TimedOut);
}

#[tokio::test]
async fn a_slow_client_that_takes_something_is_served() {
    let (ours, mut theirs) = duplex(16);
    let mut stream = Patient::new(ours, Duration::from_secs(5));
    let reading = tokio::spawn(async move {
        let mut all = Vec::new();
        theirs.read_to_end(&mut all).await.map(|_| all.len())
    });
    stream.write_all(&[0; 4096]).await.expect("it is taken piece by piece");
    drop(stream);
    assert_eq!(reading.await.expect("no panic").expect("it is read"), 4096);
}
