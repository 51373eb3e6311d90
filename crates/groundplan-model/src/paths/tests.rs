//! Links between paths.

use super::{are_one_feature, are_together, link_encode, percent_decode, relative, resolve, shape};

#[test]
fn a_target_is_resolved_from_the_folder_of_its_document() {
    assert_eq!(resolve("docs/a.md", "b.md"), "docs/b.md");
    assert_eq!(resolve("docs/a.md", "../src/./x.rs"), "src/x.rs");
    assert_eq!(resolve("a.md", "../b.md"), "../b.md");
    assert_eq!(resolve("/w/docs/a.md", "../b.md"), "/w/b.md");
    assert_eq!(resolve("docs/a.md", ".."), ".");
}

#[test]
fn a_relative_link_leads_back_to_the_path() {
    for (from, to) in [("docs/prds/a.md", "docs/tdds/b.md"), ("a.md", "x/b.md"), ("x/a.md", "b.md")]
    {
        assert_eq!(resolve(from, &relative(from, to)), to, "from {from}");
    }
}

#[test]
fn documents_side_by_side_and_below_belong_together() {
    assert!(are_together("docs/prds/a.md", "docs/tdds/b.md"));
    assert!(are_together("docs/a.md", "docs/deep/b.md"));
    assert!(!are_together("one/docs/a.md", "other/docs/b.md"));
    assert!(!are_together("docs-old/x/a.md", "docs/b.md"));
}

#[test]
fn documents_of_one_feature_begin_with_its_number() {
    assert!(are_one_feature("prds/003_PRD-orders.md", "tdds/003_TDD.md"));
    assert!(!are_one_feature("prds/003_PRD-orders.md", "tdds/004_TDD-orders.md"));
    assert!(!are_one_feature("docs/plan.md", "docs/plan.md"));
    assert!(!are_one_feature("one/prds/003.md", "other/prds/003.md"));
}

#[test]
fn percent_signs_are_decoded_where_they_make_text() {
    assert_eq!(percent_decode("a%20b%C3%A9"), "a bé");
    assert_eq!(percent_decode(&link_encode("a b(1)#?%.md")), "a b(1)#?%.md");
    assert_eq!(percent_decode("100%"), "100%");
    assert_eq!(percent_decode("%FF"), "%FF");
}

#[test]
fn parameters_have_one_shape_however_they_are_written() {
    for path in ["/orders/{id}", "/orders/:id", "/orders/<int:id>/", "/orders/{id:[0-9]+}?a=1"] {
        assert_eq!(shape(path), "/orders/{}", "{path}");
    }
    assert_eq!(shape("/"), "/");
}
