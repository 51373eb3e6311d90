//! How long files are.

use groundplan_tests::files;

use super::none_of;

/// Past this, a file needs an entry in [`EXCEPTIONS`].
const USUAL: usize = 400;

/// Past this, there is no exception.
const REFUSED: usize = 800;

/// Files longer than usual, with their lines. A figure may only shrink, and does so here when the
/// file does.
static EXCEPTIONS: &[(&str, usize)] = &[];

#[test]
fn files_are_short_and_exceptions_only_shrink() {
    let mut faults = Vec::new();
    for file in files("").iter().filter(|file| file.is(".rs")) {
        let lines = file.text().lines().count();
        let exception = EXCEPTIONS.iter().find(|it| it.0 == file.path).map(|it| it.1);
        faults.extend(fault(lines, exception).map(|it| format!("{}: {it}", file.path)));
    }
    none_of(faults);
}

#[test]
fn every_exception_names_a_file() {
    let all = files("");
    let is_gone = |path: &&str| !all.iter().any(|file| file.path == *path);
    let gone: Vec<_> = EXCEPTIONS.iter().map(|it| it.0).filter(is_gone).collect();
    assert_eq!(gone, [""; 0]);
}

fn fault(lines: usize, exception: Option<usize>) -> Option<String> {
    match exception {
        _ if lines > REFUSED => Some(format!("{lines} lines; past {REFUSED} it is two files")),
        None if lines > USUAL => Some(format!("{lines} lines; look for the second subject")),
        Some(allowed) if lines > allowed => Some(format!("{lines} lines, was {allowed}")),
        Some(allowed) if lines < allowed => {
            Some(format!("{lines} lines: write that for {allowed}"))
        }
        _ => None,
    }
}

#[test]
fn a_file_may_be_as_long_as_its_exception_and_not_shorter() {
    assert_eq!(fault(USUAL, None), None);
    assert!(fault(USUAL + 1, None).is_some());
    assert_eq!(fault(500, Some(500)), None);
    assert!(fault(501, Some(500)).is_some());
    assert!(fault(499, Some(500)).is_some());
    assert!(fault(REFUSED + 1, Some(REFUSED + 1)).is_some());
}
