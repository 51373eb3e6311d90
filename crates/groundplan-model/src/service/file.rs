//! Files of rows: the columns that tell of one, and what an upload takes.

use super::{Operation, Resource, Route};
use crate::schema::{Column, ColumnType};

/// Columns that say by their name where a file lies.
const PLACES: [&str; 7] = [
    "file_path",
    "storage_key",
    "storage_path",
    "object_key",
    "file_url",
    "blob_key",
    "storage_url",
];

/// Things that are files: `photo_url`, `document_path`.
const FILES: [&str; 12] = [
    "avatar",
    "photo",
    "image",
    "picture",
    "logo",
    "thumbnail",
    "cover",
    "document",
    "attachment",
    "media",
    "blob",
    "scan",
];

/// Columns that are the place of a file where others tell of one too.
const PERHAPS: [&str; 3] = ["path", "url", "key"];

const NAMES: [&str; 5] = ["file_name", "filename", "original_name", "original_filename", "name"];
const MEDIA_TYPES: [&str; 5] = ["content_type", "mime_type", "media_type", "file_type", "mimetype"];
const SIZES: [&str; 5] = ["size_bytes", "file_size", "file_size_bytes", "size", "byte_size"];
const CHECKSUMS: [&str; 4] = ["checksum_sha256", "sha256", "checksum", "file_hash"];

/// Positions of the columns that tell of a row's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileColumns {
    /// Where the bytes lie: a name that nobody can guess, or the bytes themselves.
    pub place: usize,
    /// Whether [`FileColumns::place`] holds the bytes.
    pub inline: bool,
    /// The name that the client gave it.
    pub name: Option<usize>,
    /// Its media type.
    pub media_type: Option<usize>,
    /// Its length in bytes.
    pub size: Option<usize>,
    /// Its SHA-256, in hexadecimal digits.
    pub checksum: Option<usize>,
}

/// What an upload takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name of the part that is the file.
    pub part: String,
    /// The largest file.
    pub limit_bytes: u64,
    /// Media types of files; empty for any. `image/*` is every kind of image.
    pub media_types: Vec<String>,
}

impl Upload {
    /// Whether files of this media type are taken; parameters such as `charset` do not count.
    pub fn takes(&self, media_type: &str) -> bool {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let fits = |allowed: &String| match allowed.strip_suffix("/*") {
            Some(kind) => essence.split('/').next().is_some_and(|it| it.eq_ignore_ascii_case(kind)),
            None => allowed.eq_ignore_ascii_case(essence),
        };
        self.media_types.is_empty() || self.media_types.iter().any(fits)
    }
}

impl FileColumns {
    /// Every position.
    pub fn all(&self) -> impl Iterator<Item = usize> {
        let others = [self.name, self.media_type, self.size, self.checksum];
        std::iter::once(self.place).chain(others.into_iter().flatten())
    }
}

impl Resource {
    /// The columns that tell of a file; `None` where none says where it lies.
    pub fn file_columns(&self) -> Option<FileColumns> {
        let find = |names: &[&str], fits: fn(&ColumnType) -> bool| {
            let is_it =
                |name: &&str, it: &Column| it.name.eq_ignore_ascii_case(name) && fits(&it.ty);
            names.iter().find_map(|name| self.table.columns.iter().position(|it| is_it(name, it)))
        };
        let is_number = |ty: &ColumnType| matches!(ty, ColumnType::Integer { .. });
        let (media_type, size) = (find(&MEDIA_TYPES, is_text), find(&SIZES, is_number));
        let bytes = self.table.columns.iter().position(|it| it.ty == ColumnType::Bytes);
        let thing = || self.table.columns.iter().position(is_file_by_name);
        let perhaps = || find(&PERHAPS, is_text).filter(|_| media_type.is_some() || size.is_some());
        let place = bytes.or_else(|| find(&PLACES, is_text)).or_else(thing).or_else(perhaps)?;
        let name = find(&NAMES, is_text);
        let checksum = find(&CHECKSUMS, is_text);
        Some(FileColumns { place, inline: bytes.is_some(), name, media_type, size, checksum })
    }
}

fn is_text(ty: &ColumnType) -> bool {
    matches!(ty, ColumnType::Text | ColumnType::Other)
}

fn is_file_by_name(column: &Column) -> bool {
    let name = column.name.to_lowercase();
    let thing = name.rsplit_once('_').filter(|(_, end)| PERHAPS.contains(end)).map(|it| it.0);
    is_text(&column.ty) && thing.is_some_and(|it| FILES.contains(&it))
}

impl Route {
    /// Whether it makes a row of its resource: a create, or an upload that is one.
    pub fn makes_row(&self) -> bool {
        let names_row = self.binding.as_ref().is_some_and(|it| it.key.is_some());
        match self.operation {
            Operation::Create => true,
            Operation::Upload(_) => !names_row,
            _ => false,
        }
    }
}
