//! Whether an answer's headers say what the document promises.

use groundplan_model::case::Says;
use http::HeaderName;
use http::header::ETAG;

use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

static X_CACHE: HeaderName = HeaderName::from_static("x-cache");

/// Whether the answer's header says so.
pub(in crate::verify) fn says(says: Says, answer: &Answer) -> Result<(), Mismatch> {
    match says {
        Says::Tag => tag(answer.header(ETAG)),
        Says::Copy => copy(answer, "HIT"),
        Says::NoCopy => copy(answer, "MISS"),
    }
}

/// Whether it says that it is no copy.
pub(in crate::verify) fn is_no_copy(answer: &Answer) -> bool {
    answer.header(X_CACHE.clone()).eq_ignore_ascii_case("MISS")
}

/// A tag in quotes (RFC 9110, 8.8.3).
fn tag(text: &str) -> Result<(), Mismatch> {
    let opaque = text.strip_prefix("W/").unwrap_or(text);
    let inner = opaque.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('"') => Ok(()),
        _ if text.is_empty() => {
            Err(Mismatch::new("answered without an `ETag`", "the document promises one"))
        }
        _ => {
            let observed = format!("answered with `ETag: {text}`");
            Err(Mismatch::new(observed, "a tag stands in quotes (RFC 9110, 8.8.3)"))
        }
    }
}

fn copy(answer: &Answer, wanted: &str) -> Result<(), Mismatch> {
    let said = answer.header(X_CACHE.clone());
    if said.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    let observed = match said {
        "" => "answered without an `X-Cache`".to_owned(),
        said => format!("answered with `X-Cache: {said}`"),
    };
    Err(Mismatch::new(observed, format!("`{wanted}` was expected")))
}
