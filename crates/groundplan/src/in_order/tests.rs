//! Results are taken in order, whichever is made first.

use super::in_order;

#[test]
fn results_are_taken_in_order_and_each_once() {
    let items: Vec<u32> = (0..1000).collect();
    let mut taken = Vec::new();
    // The later an item, the sooner it is made.
    let make = |it: &u32| (*it..1000).fold(*it, |made, _| std::hint::black_box(made));
    let outcome: Result<(), ()> = in_order(&items, make, |it| {
        taken.push(it);
        Ok(())
    });
    assert_eq!((outcome, taken), (Ok(()), items));
}

#[test]
fn nothing_is_taken_after_a_failure() {
    let items: Vec<u32> = (0..1000).collect();
    let mut taken = Vec::new();
    let outcome = in_order(
        &items,
        |it| *it,
        |it| {
            taken.push(it);
            if it == 10 { Err("full") } else { Ok(()) }
        },
    );
    assert_eq!((outcome, taken), (Err("full"), items[..=10].to_vec()));
}

#[test]
fn no_items_are_no_work() {
    let outcome: Result<(), ()> = in_order(&[], |it: &u32| *it, |_| Err(()));
    assert_eq!(outcome, Ok(()));
}
