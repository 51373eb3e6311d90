//! Rows as lines of CSV (RFC 4180).

use super::{Kind, Shape};
use crate::store::{Row, Seen};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

impl Shape {
    /// Appends the line of names.
    pub(crate) fn write_csv_names(&self, out: &mut Vec<u8>) {
        for (index, member) in self.members.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            push(&member.name, out);
        }
        out.extend_from_slice(b"\r\n");
    }

    /// Appends the row as a line. NULL is nothing, and an empty text is `""`.
    pub(crate) fn write_csv(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        for (index, member) in self.members.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match (row.value(index), member.kind) {
                (Seen::Null, _) => {}
                (Seen::Integer(number), Kind::Boolean) => {
                    out.extend_from_slice(if number == 0 { b"false" } else { b"true" });
                }
                (Seen::Integer(number), _) => out.extend_from_slice(number.to_string().as_bytes()),
                (Seen::Real(number), _) => {
                    let number = serde_json::Value::from(number);
                    out.extend_from_slice(number.to_string().as_bytes());
                }
                (Seen::Text(text), _) => push(&text, out),
                (Seen::Blob(bytes), _) => push(&BASE64.encode(bytes), out),
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// A field, in quotes where it needs them.
fn push(text: &str, out: &mut Vec<u8>) {
    let needs = text.is_empty() || text.contains([',', '"', '\r', '\n']) || text.trim() != text;
    if !needs {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}
