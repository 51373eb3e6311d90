//! Anchors that authors give by hand: HTML elements, and `{#scope}` behind a heading.

/// An anchor as anchors are compared: without case and without hyphens at its ends, since renderers
/// differ in what they make of emoji.
pub fn plain_anchor(anchor: &str) -> String {
    anchor.trim_matches('-').to_lowercase()
}

/// The anchors given in `text`, sorted.
pub(super) fn given(text: &str) -> Vec<String> {
    const MARKS: [&str; 4] = ["id=\"", "name=\"", "id='", "{#"];
    const ENDS: [char; 4] = ['"', '\'', '}', '\n'];
    let after = MARKS.iter().flat_map(|mark| {
        let places = memchr::memmem::find_iter(text.as_bytes(), mark);
        places.filter_map(|at| text.get(at + mark.len()..))
    });
    let mut found: Vec<String> =
        after.filter_map(|rest| rest.split(ENDS).next()).map(plain_anchor).collect();
    found.sort_unstable();
    found.dedup();
    found
}
