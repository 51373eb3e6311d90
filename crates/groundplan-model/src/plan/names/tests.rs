//! Plurals, spellings and participles.

use super::{camel, singular, snake, states_of};

#[test]
fn plurals_lose_their_ending() {
    let cases = [
        ("orders", "order"),
        ("categories", "category"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("batches", "batch"),
        ("houses", "house"),
        ("sizes", "size"),
        ("caches", "cache"),
        ("statuses", "status"),
        ("status", "status"),
        ("people", "person"),
        ("order_items", "order_item"),
        ("coaches", "coach"),
        ("searches", "search"),
        ("sandwiches", "sandwich"),
        ("warehouses", "warehouse"),
        ("clauses", "clause"),
        ("viruses", "virus"),
        ("radiuses", "radius"),
        ("licenses", "license"),
        ("responses", "response"),
        ("purchases", "purchase"),
        ("aliases", "alias"),
        ("schemas", "schema"),
        ("indices", "index"),
        ("movies", "movie"),
        ("ties", "tie"),
        ("series", "series"),
        ("canvas", "canvas"),
    ];
    for (many, one) in cases {
        assert_eq!(singular(many), one, "{many}");
    }
}

#[test]
fn spellings_meet_in_snake_case() {
    for name in ["exportFilters", "ExportFilters", "export-filters", "export_filters"] {
        assert_eq!(snake(name), "export_filters", "{name}");
    }
    assert_eq!(camel("created_at"), "createdAt");
}

#[test]
fn a_verb_leads_to_its_regular_participle_too() {
    assert!(states_of("return").contains(&"returned".to_owned()));
    assert!(states_of("archive").contains(&"archived".to_owned()));
    assert!(states_of("deny").contains(&"denied".to_owned()));
    assert!(states_of("start").contains(&"running".to_owned()));
}
