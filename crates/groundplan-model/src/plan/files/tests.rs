//! What documents say of files: parts, limits and types.

use super::allowed::{limit, types};
use super::text::{is_file, part_of_cell, part_of_sentence};

#[test]
fn a_limit_is_read_from_sentences_and_constants() {
    assert_eq!(limit("A file has at most 10 MB; PDF only.", None), Some(10_000_000));
    assert_eq!(limit("Files of up to 1.5MiB.", None), Some((1 << 20) + (1 << 20) / 10 * 5));
    assert_eq!(limit("MAX_UPLOAD_SIZE = 5 * 1024 * 1024", None), Some(5 << 20));
    assert_eq!(limit("FILE_LIMIT_BYTES = 10_000_000", None), Some(10_000_000));
    assert_eq!(limit("MAX_FILE_MB: 25", None), Some(25_000_000));
}

#[test]
fn a_limit_of_something_else_is_not_taken() {
    assert_eq!(limit("A JSON body larger than 1 MiB is refused.", Some("note")), None);
    let row = "| 413 | The body is larger than 1 MiB, or the file is larger than 10 MB |";
    assert_eq!(limit(row, Some("note")), Some(10_000_000));
    assert_eq!(limit("Uploads are measured: 10 MB within 5 s.", Some("note")), None);
}

#[test]
fn types_are_words_or_media_types() {
    let said = types("Allowed are PDF, PNG, JPEG, plain text and CSV.", None);
    let wanted = ["application/pdf", "image/png", "image/jpeg", "text/plain", "text/csv"];
    assert_eq!(said, Some(wanted.map(str::to_owned).to_vec()));
    let constant = "ALLOWED_TYPES = {\"image/png\", \"text/csv\"}";
    let said = types(constant, Some("note"));
    assert_eq!(said, Some(vec!["image/png".to_owned(), "text/csv".to_owned()]));
    assert_eq!(types("The answer is application/json.", Some("note")), None);
}

#[test]
fn a_cell_tells_of_a_file_and_its_part() {
    assert!(is_file("multipart/form-data: picture"));
    assert!(is_file("File"));
    assert!(!is_file("{file_name, size}"));
    assert_eq!(part_of_cell("multipart/form-data: picture").as_deref(), Some("picture"));
    assert_eq!(part_of_cell("multipart (title, file)"), None);
    assert_eq!(part_of_cell("form-data {title, csv_file}").as_deref(), Some("csv_file"));
    let said = part_of_sentence("The body is `multipart/form-data` with one part `scan`.");
    assert_eq!(said.as_deref(), Some("scan"));
}
