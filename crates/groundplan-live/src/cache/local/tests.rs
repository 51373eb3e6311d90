//! What is kept, and what is not any more.

use std::time::Duration;

use super::super::Wanted;
use super::super::kept::Kept;
use super::Local;
use crate::answer;

const TTL: Duration = Duration::from_secs(60);

fn wanted(key: &str, owner: &str) -> Wanted {
    Wanted { key: key.to_owned(), marks: [owner.to_owned(), "all".to_owned()] }
}

fn kept(size: usize) -> Kept {
    Kept::of(&mut answer::json(200, vec![b'x'; size]), 1 << 20).expect("it is kept")
}

fn put(local: &Local, key: &str, owner: &str, size: usize, ttl: Duration) {
    let marks = local.find(&wanted(key, owner)).0.expect("marks");
    local.keep(key.to_owned(), marks, kept(size), ttl);
}

fn is_there(local: &Local, key: &str, owner: &str) -> bool {
    local.find(&wanted(key, owner)).1.is_some()
}

#[test]
fn a_mark_ends_what_depends_on_it_and_nothing_else() {
    let local = Local::new(1 << 20);
    put(&local, "a", "ann", 10, TTL);
    put(&local, "b", "bob", 10, TTL);
    local.renew("ann");
    assert!(!is_there(&local, "a", "ann") && is_there(&local, "b", "bob"));
    local.renew("all");
    assert!(!is_there(&local, "b", "bob"));
}

#[test]
fn a_read_that_began_before_a_write_is_not_kept_for_those_after_it() {
    let local = Local::new(1 << 20);
    let before = local.find(&wanted("a", "ann")).0.expect("marks");
    local.renew("ann");
    local.keep("a".to_owned(), before, kept(10), TTL);
    assert!(!is_there(&local, "a", "ann"));
}

#[test]
fn an_answer_that_is_too_old_is_gone() {
    let local = Local::new(1 << 20);
    put(&local, "a", "ann", 10, Duration::ZERO);
    assert!(!is_there(&local, "a", "ann"));
}

#[test]
fn the_bound_holds_and_what_is_asked_for_stays() {
    let local = Local::new(10_000);
    put(&local, "often", "ann", 1000, TTL);
    for number in 0..50 {
        assert!(is_there(&local, "often", "ann"), "{number}");
        put(&local, &format!("rare {number}"), "ann", 1000, TTL);
        assert!(local.lock().bytes <= 10_000);
    }
    let there = (0..50).filter(|it| is_there(&local, &format!("rare {it}"), "ann")).count();
    assert!((1..10).contains(&there), "{there}");
}
