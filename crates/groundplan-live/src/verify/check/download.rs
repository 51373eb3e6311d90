//! Whether a file comes back as it was sent.

use groundplan_model::case::DownloadCheck;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::status;
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

/// The same bytes, of the same type, as a download.
pub(in crate::verify) fn download(check: &DownloadCheck, answer: &Answer) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    let sent = check.file.content();
    if answer.body != sent {
        let observed = format!("answered {}", difference(&sent, &answer.body));
        return Err(Mismatch::new(observed, "the bytes must be those of the upload"));
    }
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    let media_type = answer.header(CONTENT_TYPE);
    if essence(media_type) != essence(&check.file.media_type) {
        let observed = format!("answered with `Content-Type: {media_type}`");
        let expected = format!("the file was sent as `{}`", check.file.media_type);
        return Err(Mismatch::new(observed, expected));
    }
    let disposition = answer.header(CONTENT_DISPOSITION);
    if disposition.to_lowercase().starts_with("inline") {
        let observed = format!("answered with `Content-Disposition: {disposition}`");
        return Err(Mismatch::new(observed, "a stranger's file is given out as an attachment"));
    }
    Ok(())
}

fn difference(sent: &[u8], came: &[u8]) -> String {
    if sent.len() != came.len() {
        return format!("{} bytes instead of {}", came.len(), sent.len());
    }
    let at = sent.iter().zip(came).position(|(one, other)| one != other).unwrap_or_default();
    format!("another byte at position {at}")
}
