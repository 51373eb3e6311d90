//! How files of code are named, and which are meant.

use std::path::Path;

use groundplan_model::profile::Pattern;

use super::{is_meant, seen_from};

#[test]
fn a_path_is_written_from_the_folder_that_the_program_was_started_in() {
    let shown = |path: &str| seen_from(Path::new("/data/shop/docs"), Path::new(path));
    assert_eq!(shown("/data/shop/docs/a.py"), "a.py");
    assert_eq!(shown("/data/shop/src/a.py"), "../src/a.py");
    assert_eq!(shown("/srv/a.py"), "/srv/a.py");
}

#[test]
fn a_pattern_of_a_folder_means_what_lies_in_it() {
    let globs = ["src", "tools/*.py"].map(|it| Pattern::parse(it.to_owned()).expect("a pattern"));
    assert!(is_meant(&globs, "src/deep/a.rs"));
    assert!(is_meant(&globs, "tools/a.py"));
    assert!(!is_meant(&globs, "tools/deep/a.py"));
}
