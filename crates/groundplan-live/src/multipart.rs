//! The parts of a `multipart/form-data` body (RFC 7578, with the framing of RFC 2046, 5.1).

use bytes::Bytes;
use groundplan_model::service::Refusal;
use memchr::memmem;

use crate::refused::Refused;

#[cfg(test)]
mod tests;

/// More parts than a table has columns are no form of ours.
const PARTS: usize = 256;

/// Headers of a part that are looked at.
const HEADERS: usize = 16;

/// One part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) name: String,
    /// The name of the file that it is, where it is one.
    pub(crate) file_name: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) content: Bytes,
}

/// The boundary of a form's media type; `None` where that is another one.
pub(crate) fn boundary(media_type: &str) -> Option<String> {
    let (essence, parameters) = media_type.split_once(';')?;
    if !essence.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    (1..=70).contains(&boundary.len()).then_some(boundary)
}

/// Every part of `body`.
pub(crate) fn parts(body: &Bytes, boundary: &str) -> Result<Vec<Part>, Refused> {
    let opening = format!("--{boundary}");
    let delimiter = format!("\r\n--{boundary}");
    let finder = memmem::Finder::new(delimiter.as_bytes());
    let mut at = match body.starts_with(opening.as_bytes()) {
        true => opening.len(),
        false => finder.find(body).ok_or_else(no_form)? + delimiter.len(),
    };
    let mut parts = Vec::new();
    loop {
        let rest = body.get(at..).unwrap_or_default();
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let blanks = rest.iter().take_while(|it| matches!(it, b' ' | b'\t')).count();
        if rest.get(blanks..blanks + 2) != Some(b"\r\n") || parts.len() == PARTS {
            return Err(no_form());
        }
        let start = at + blanks + 2;
        let length = finder.find(body.get(start..).unwrap_or_default()).ok_or_else(no_form)?;
        parts.push(part(&body.slice(start..start + length))?);
        at = start + length + delimiter.len();
    }
}

fn part(bytes: &Bytes) -> Result<Part, Refused> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let parsed = httparse::parse_headers(bytes, &mut headers);
    let Ok(httparse::Status::Complete((length, headers))) = parsed else { return Err(no_form()) };
    let header = |name: &str| {
        let found = headers.iter().find(|it| it.name.eq_ignore_ascii_case(name))?;
        std::str::from_utf8(found.value).ok().map(str::trim)
    };
    let disposition = header("content-disposition").ok_or_else(no_form)?;
    let (kind, parameters) = disposition.split_once(';').ok_or_else(no_form)?;
    let name = parameter(parameters, "name").filter(|_| kind.trim() == "form-data");
    Ok(Part {
        name: name.ok_or_else(no_form)?,
        file_name: parameter(parameters, "filename"),
        media_type: header("content-type").map(str::to_owned),
        content: bytes.slice(length..),
    })
}

/// The value of a parameter: `name="file"; filename="a;b.png"`.
fn parameter(parameters: &str, wanted: &str) -> Option<String> {
    let mut rest = parameters;
    loop {
        let (name, value) = rest.split_once('=')?;
        let (value, after) = value_of(value.trim_start());
        if name.trim_matches(|c: char| c == ';' || c.is_whitespace()).eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// A parameter's value, and what follows it. Browsers write `"` in names of files as `%22`.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.trim().to_owned(), after);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, it)) = chars.next() {
        match it {
            '"' => return (value.replace("%22", "\""), quoted.get(at + 1..).unwrap_or_default()),
            '\\' if matches!(chars.as_str().chars().next(), Some('"' | '\\')) => {
                value.extend(chars.next().map(|(_, it)| it));
            }
            it => value.push(it),
        }
    }
    (value, "")
}

fn no_form() -> Refused {
    Refused::new(Refusal::MalformedBody, "the body is not a whole multipart form")
}
