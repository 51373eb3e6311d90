//! What is made while others are found, and that nothing waits for it.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use rayon::ThreadPoolBuilder;

use super::meanwhile;
use crate::disk::Place;

fn place(name: &str) -> Place {
    Place { path: PathBuf::from(name), name: name.to_owned() }
}

#[test]
fn places_are_read_while_others_are_looked_for() {
    let pool = ThreadPoolBuilder::new().num_threads(2).build().expect("threads start");
    let (made, seen) = mpsc::channel();
    let find = |tell: &mut dyn FnMut(&Place)| {
        tell(&place("a.md"));
        let seen = seen;
        seen.recv_timeout(Duration::from_secs(20)).is_ok()
    };
    let make = |it: &Place| {
        made.send(()).expect("the search still waits");
        Some(it.name.len())
    };
    let (is_seen, ahead) = pool.install(move || meanwhile(find, make));
    assert!(is_seen, "nothing was read while the search went on");
    assert_eq!(ahead.get("a.md"), Some(&4));
}

#[test]
fn what_was_not_read_when_the_search_ended_is_left_for_later() {
    // One thread searches first, and finds that nothing need be read ahead any more.
    let pool = ThreadPoolBuilder::new().num_threads(1).build().expect("a thread starts");
    let find = |tell: &mut dyn FnMut(&Place)| {
        ["a.md", "b.md"].iter().for_each(|it| tell(&place(it)));
        7
    };
    let (found, ahead) = pool.install(|| meanwhile(find, |_| Some(())));
    assert_eq!((found, ahead.len()), (7, 0));
}
