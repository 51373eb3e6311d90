//! Members of bodies, by their paths.

use super::shape;

#[test]
fn cells_show_members_within_members() {
    let shown = shape("`{query?, filters: {status: string, price_min}, limit}`");
    assert_eq!(shown, ["query", "filters.status", "filters.price_min", "limit"]);
    assert_eq!(shape("{\"q\": string, \"page\": int}"), ["q", "page"]);
}

#[test]
fn any_text_is_read_to_its_end() {
    for cell in ["", "{", "{{{{{{{{a}", "{a:{b}}}}", "}{", "{,;,}"] {
        let _ = shape(cell);
    }
    assert_eq!(shape("{a:{b}}"), ["a.b"]);
}
