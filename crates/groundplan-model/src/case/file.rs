//! Files in requests and answers, small to write down whatever their size.

use super::request::Item;

/// The media type of forms in requests.
pub(super) const FORM: &str = "multipart/form-data; boundary=groundplan-verify-7MA4YWxkTrZu0gW";

/// What stands between the parts of forms in requests.
pub const BOUNDARY: &str = "groundplan-verify-7MA4YWxkTrZu0gW";

/// A form with texts and a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Parts that are texts.
    pub texts: Vec<(String, Item)>,
    /// The part that is a file, where there is one.
    pub file: Option<FormFile>,
}

/// A file in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFile {
    /// The part's name.
    pub part: String,
    /// The file itself.
    pub file: File,
}

/// A file that a case makes up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What its bytes are made from: other files have other bytes.
    pub seed: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl File {
    /// The bytes: every value occurs, so that none may be lost or changed on the way.
    pub fn content(&self) -> Vec<u8> {
        let seed = self.seed.bytes().chain(0..=u8::MAX).chain(*b"\r\n--\r\n");
        let all: Vec<u8> = seed.collect();
        let bytes = usize::try_from(self.bytes).unwrap_or(usize::MAX);
        all.iter().copied().cycle().take(bytes).collect()
    }
}

/// The bytes of a file in an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct DownloadCheck {
    /// The status.
    pub status: u16,
    /// What was uploaded.
    pub file: File,
}
