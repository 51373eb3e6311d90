//! Several processes of one service, on one PostgreSQL and one Redis, behave as one; and so does one
//! alone.

mod fleet;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use groundplan_tests::Random;

use crate::folder::Folder;
use crate::sessions::program::groundplan;
use crate::sessions::verify::EXAMPLES;
use fleet::Fleet;
pub(crate) use fleet::notes;

#[test]
fn three_replicas_verify_as_one() {
    for example in EXAMPLES {
        for count in [1, 3] {
            let Some(fleet) = Fleet::start(Folder::copy_of(example), count) else { return };
            let url = fleet.spread().url();
            let run = groundplan(fleet.folder(), &["verify", ".", "--url", &url]);
            assert_eq!(run.code, Some(0), "{example}, {count} replicas: {run:?}");
            let verdict = run.stdout.lines().last().unwrap_or_default();
            let is_whole = verdict.contains(" 0 failed, 2 not provoked, 0 skipped");
            assert!(is_whole, "{example}, {count} replicas: {run:?}");
        }
    }
}

#[test]
fn the_limit_of_requests_is_exact_over_all_replicas() {
    for count in [1, 3] {
        let limit = "At most 40 requests per minute per user.";
        let Some(fleet) = Fleet::start(notes(limit), count) else { return };
        let (allowed, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (fleet, allowed, refused) = (&fleet, &allowed, &refused);
                scope.spawn(move || {
                    for number in 0..20 {
                        let answer = fleet.get(thread + number, "ann", "/api/v1/notes");
                        let counted = if answer.status == 429 { refused } else { allowed };
                        counted.fetch_add(1, Ordering::Relaxed);
                        assert!(matches!(answer.status, 200 | 429), "{answer:?}");
                    }
                });
            }
        });
        assert_eq!((allowed.into_inner(), refused.into_inner()), (40, 40), "{count} replicas");
        assert_eq!(fleet.get(0, "bob", "/api/v1/notes").status, 200, "each has his own");
    }
}

#[test]
fn a_copy_is_given_by_every_replica_and_by_none_after_a_write() {
    for count in [1, 3] {
        let Some(fleet) = Fleet::start(notes(""), count) else { return };
        let path = fleet.create("ann", "first");
        let seen = |at: usize| {
            let answer = fleet.get(at, "ann", &path);
            let hit = answer.header("x-cache").unwrap_or("-").to_owned();
            (hit, answer.json()["title"].as_str().unwrap_or("-").to_owned())
        };
        let said = |hit: &str, title: &str| (hit.to_owned(), title.to_owned());
        assert_eq!(seen(0), said("MISS", "first"), "{count} replicas");
        assert_eq!(seen(1), said("HIT", "first"), "{count} replicas");
        fleet.rename(2, "ann", &path, "second");
        assert_eq!(seen(1), said("MISS", "second"), "{count} replicas");
        assert_eq!(seen(0), said("HIT", "second"), "{count} replicas");
        fleet.delete(1, "ann", &path);
        assert_eq!(fleet.get(2, "ann", &path).status, 404);
    }
}

#[test]
fn no_copy_is_given_to_another_caller() {
    let Some(fleet) = Fleet::start(notes(""), 3) else { return };
    let path = fleet.create("ann", "mine");
    assert_eq!(fleet.get(0, "ann", &path).status, 200);
    assert_eq!(fleet.get(0, "ann", &path).header("x-cache"), Some("HIT"));
    assert_eq!(fleet.get(0, "bob", &path).status, 404);
    assert_eq!(fleet.get(0, "ann", "/api/v1/notes").json().as_array().map(Vec::len), Some(1));
    assert_eq!(fleet.get(0, "bob", "/api/v1/notes").json().as_array().map(Vec::len), Some(0));
}

#[test]
fn whatever_is_written_somewhere_is_read_everywhere() {
    let Some(fleet) = Fleet::start(notes(""), 3) else { return };
    let mut random = Random::new(20_261_121);
    let mut there: BTreeMap<String, String> = BTreeMap::new();
    for number in 0..150 {
        let at = random.below(3);
        let paths: Vec<String> = there.keys().cloned().collect();
        match (random.below(3), random.pick(&paths)) {
            (0, Some(path)) => {
                let title = format!("title {number}");
                fleet.rename(at, "ann", path, &title);
                there.insert(path.clone(), title);
            }
            (1, Some(path)) if there.len() > 5 => {
                fleet.delete(at, "ann", path);
                there.remove(path);
            }
            _ => {
                let title = format!("title {number}");
                there.insert(fleet.create("ann", &title), title);
            }
        }
        let list = fleet.get(random.below(3), "ann", "/api/v1/notes?limit=100").json();
        assert_eq!(list.as_array().map(Vec::len), Some(there.len()), "after {number}: {list}");
        if let Some(path) = random.pick(&there.keys().cloned().collect::<Vec<_>>()) {
            let read = fleet.get(random.below(3), "ann", path).json();
            assert_eq!(read["title"].as_str(), there.get(path).map(String::as_str), "{number}");
        }
    }
}

#[test]
fn one_process_keeps_copies_by_itself_and_counts_them() {
    let fleet = Fleet::alone(notes(""), &["--database", ":memory:"]);
    let path = fleet.create("ann", "first");
    let hit = |caller: &str| fleet.get(0, caller, &path).header("x-cache").map(str::to_owned);
    assert_eq!([hit("ann"), hit("ann")], [Some("MISS".to_owned()), Some("HIT".to_owned())]);
    let answer = fleet.get(0, "ann", &path);
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
    fleet.create("bob", "his own");
    assert_eq!(hit("ann"), Some("HIT".to_owned()), "what another caller writes is no concern");
    fleet.rename(0, "ann", &path, "second");
    assert_eq!(hit("ann"), Some("MISS".to_owned()));
    let metrics = fleet.get(0, "ann", "/metrics").body;
    assert!(metrics.contains("\ngroundplan_cache_hits_total 3\n"), "{metrics}");
}

#[test]
fn where_others_may_write_nothing_is_kept_unless_one_says_so() {
    let Some(database) = groundplan_tests::postgres() else { return };
    let url = database.url();
    let second = |arguments: &[&str]| {
        let fleet = Fleet::alone(notes(""), &[["--database", &url].as_slice(), arguments].concat());
        let path = fleet.create("ann", "first");
        fleet.get(0, "ann", &path);
        fleet.get(0, "ann", &path).header("x-cache").map(str::to_owned)
    };
    assert_eq!(second(&[]).as_deref(), Some("MISS"));
    assert_eq!(second(&["--cache", "process"]).as_deref(), Some("HIT"));
    assert_eq!(second(&["--cache", "off"]).as_deref(), Some("MISS"));
}
