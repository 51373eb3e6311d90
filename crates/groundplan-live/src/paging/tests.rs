//! Query strings of lists.

use crate::store::Cell;

use super::{Filters, Page, next_query, write_cursor};
use crate::fixture::every_type;

fn read(query: &str) -> Result<Page, Vec<String>> {
    let refused = Filters::new(&every_type(), 2).read(query);
    refused.map_err(|it| it.faults.into_iter().map(|fault| fault.field).collect())
}

#[test]
fn an_empty_query_asks_for_the_first_twenty() {
    let page = Page { limit: 20, cursor: None, filters: Vec::new() };
    assert_eq!(read(""), Ok(page));
}

#[test]
fn filters_are_typed_decoded_and_sorted_by_column() {
    let page = read("name=a%20b+c%2B&&open=true&limit=100").expect("a page");
    let name = Cell::Text("a b c+".to_owned());
    assert_eq!(page.filters, [(4, Cell::Integer(1)), (5, name)]);
    assert_eq!(page.limit, 100);
}

#[test]
fn every_fault_is_named() {
    let faults = read("limit=0&count=x&nothing=1&extra={}&password=x&data=AA%3D%3D");
    let names = ["limit", "count", "nothing", "extra", "password", "data"];
    assert_eq!(faults, Err(names.map(str::to_owned).to_vec()));
}

#[test]
fn limits_outside_their_bounds_are_refused() {
    for limit in ["0", "101", "-1", "+5", "1.0", "", "99999999999999999999999"] {
        assert!(read(&format!("limit={limit}")).is_err(), "{limit}");
    }
}

#[test]
fn a_parameter_may_stand_once() {
    assert_eq!(read("limit=1&limit=1"), Err(vec!["limit".to_owned()]));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for query in ["name=%ff", "name=%", "%zz=1"] {
        assert!(read(query).is_err(), "{query}");
    }
}

#[test]
fn a_query_of_very_many_parameters_is_refused_early() {
    let many: Vec<String> = (0..1000).map(|number| format!("p{number}=1")).collect();
    assert!(read(&many.join("&")).is_err());
}

#[test]
fn a_cursor_comes_back_as_it_was_given_out() {
    let values = vec![Cell::Text("2026-01-02".to_owned()), Cell::Integer(7)];
    let page = read(&format!("cursor={}", write_cursor(&values))).expect("a page");
    assert_eq!(page.cursor, Some(values));
}

#[test]
fn invented_cursors_are_refused() {
    let one = write_cursor(&[Cell::Integer(1)]);
    let nothing = write_cursor(&[Cell::Null, Cell::Null]);
    for cursor in ["", "x", "W10", "e30", "%00", one.as_str(), nothing.as_str()] {
        assert!(read(&format!("cursor={cursor}")).is_err(), "{cursor}");
    }
}

#[test]
fn the_next_page_keeps_filters_and_limit() {
    assert_eq!(next_query("a=1&cursor=old&limit=2", "new"), "a=1&limit=2&cursor=new");
    assert_eq!(next_query("", "new"), "cursor=new");
}
