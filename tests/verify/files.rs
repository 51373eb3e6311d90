//! Services with files, verified against their own documents.

use groundplan_live::Outcome;

use super::service::{Service, key_options, plan};
use super::{failed, names};

/// Uploads of new rows and of rows that are there, in a table of ours and in a column.
const NOTES: &str = "\
# Notes

| Method | Endpoint | Purpose | Request | Response |
|--------|----------|---------|---------|----------|
| GET | /notes | List notes | Query params | 200: Note[] |
| POST | /notes | Add a note | Note object | 201: Note |
| GET | /notes/{id} | Read a note | - | 200: Note |
| PUT | /notes/{id}/upload | Set the scan of a note | multipart/form-data: scan | 200: Note |
| GET | /notes/{id}/raw | Read the scan | - | 200: file |
| GET | /notes/{id}/pictures | List pictures | Query params | 200: Picture[] |
| POST | /notes/{id}/pictures | Add a picture | multipart/form-data: picture | 201: Picture |
| GET | /notes/{id}/pictures/{picture_id} | Read a picture | - | 200: Picture |
| GET | /notes/{id}/pictures/{picture_id}/download | Get it | - | 200: file |
| DELETE | /notes/{id}/pictures/{picture_id} | Remove a picture | - | 204 |

Pictures are files of at most 20 kB. Allowed types of files are PNG and JPEG.

```sql
CREATE TABLE notes (
    id BIGSERIAL PRIMARY KEY,
    title TEXT NOT NULL,
    scan BYTEA,
    mime_type TEXT
);
CREATE TABLE pictures (
    id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    note_id BIGINT NOT NULL REFERENCES notes(id) ON DELETE CASCADE,
    file_name VARCHAR(200) NOT NULL,
    content_type VARCHAR(100) NOT NULL,
    size_bytes BIGINT NOT NULL,
    checksum_sha256 CHAR(64) NOT NULL,
    storage_key TEXT NOT NULL UNIQUE,
    caption VARCHAR(80) NOT NULL,
    stars INTEGER
);
```

| Error Code | Meaning |
|------------|---------|
| 400 | The form is broken |
| 404 | There is no such row |
| 413 | The file is too large |
| 415 | The file is of another type |
| 422 | The fields do not fit |
";

#[test]
fn files_come_back_as_they_were_sent_and_wrong_ones_are_refused() {
    let plan = plan("docs/notes.md", NOTES);
    let service = Service::start(&plan, None);
    let report = service.verify(&key_options(service.url())).expect("it answers");
    assert_eq!(failed(&report), Vec::<String>::new(), "{:#?}", report.rows);
    let skipped = names(&report, |it| matches!(it, Outcome::Skipped { .. }));
    assert_eq!(skipped, Vec::<String>::new(), "{:#?}", report.rows);
}
