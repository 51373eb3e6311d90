//! A file on its way into the database: what was sent, as columns of its row and as bytes.
//!
//! The bytes lie in a table of our own, under a name that nobody can guess, unless the document has
//! a column for them.

use bytes::Bytes;
use groundplan_model::schema::Column;
use groundplan_model::service::{FileColumns, Refusal, Upload};
use uuid::Uuid;

use crate::action::Draft;
use crate::caller::Caller;
use crate::multipart::Part;
use crate::refused::{FieldFault, Refused};
use crate::secret;
use crate::store::{Cell, Db, FIRST_VALUE, Head};
use crate::validate::Sent;
use crate::value;

/// What a file is that nobody says more of.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// How files become rows.
pub(super) struct Files {
    rule: Upload,
    columns: FileColumns,
    /// One for each of the row's columns.
    table: Vec<Column>,
    resource: String,
    insert: String,
}

/// A file that was let in.
pub(super) struct File {
    /// Positions and values of the columns that tell of it.
    cells: Vec<(usize, Cell)>,
    /// The name under which the bytes are kept; `None` where the row has them.
    key: Option<String>,
    content: Bytes,
}

impl Files {
    pub(super) fn new(draft: &Draft<'_>, rule: &Upload) -> Option<Self> {
        let (key, resource, content) = (FIRST_VALUE, FIRST_VALUE + 1, FIRST_VALUE + 2);
        Some(Self {
            rule: rule.clone(),
            columns: draft.resource.file_columns()?,
            table: draft.resource.table.columns.clone(),
            resource: draft.resource.table.name.clone(),
            insert: format!(
                "INSERT INTO groundplan_files (key, resource, content) \
                 VALUES (?{key}, ?{resource}, ?{content})"
            ),
        })
    }

    pub(super) fn sql(&self) -> &str {
        &self.insert
    }

    /// The file among the parts, checked; the others stay.
    pub(super) fn take(&self, parts: &mut Vec<Part>) -> Result<File, Refused> {
        let part = &self.rule.part;
        let at = parts.iter().position(|it| it.name == *part);
        let at = at.ok_or_else(|| self.fault("is required: the file"))?;
        let file = parts.remove(at);
        if parts.iter().any(|it| it.name == *part) {
            return Err(self.fault("must be there once"));
        }
        let limit = self.rule.limit_bytes;
        if u64::try_from(file.content.len()).unwrap_or(u64::MAX) > limit {
            let message = format!("the file is larger than {limit} bytes; send a smaller one");
            return Err(Refused::new(Refusal::TooLarge, message));
        }
        let media_type = file.media_type.as_deref().unwrap_or(UNKNOWN_TYPE);
        if !self.rule.takes(media_type) {
            let message = format!(
                "files of type {media_type} are not taken; send {}",
                self.rule.media_types.join(", ")
            );
            return Err(Refused::new(Refusal::UnsupportedMediaType, message));
        }
        self.file(&file, media_type)
    }

    fn file(&self, file: &Part, media_type: &str) -> Result<File, Refused> {
        let sum = secret::digest_of(&file.content);
        let name = plain_name(file.file_name.as_deref().unwrap_or_default(), &self.rule.part);
        let size = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
        let key = (!self.columns.inline).then(|| Uuid::new_v4().simple().to_string());
        let place = match &key {
            Some(key) => Cell::Text(key.clone()),
            None => Cell::Blob(file.content.to_vec()),
        };
        let mut cells = vec![(self.columns.place, place)];
        cells.extend(self.columns.size.map(|at| (at, Cell::Integer(size))));
        cells.extend(self.columns.checksum.map(|at| (at, Cell::Text(sum))));
        for (at, text) in
            [(self.columns.name, name.as_str()), (self.columns.media_type, media_type)]
        {
            let Some((at, column)) = at.and_then(|at| Some((at, self.table.get(at)?))) else {
                continue;
            };
            let value = serde_json::Value::from(text);
            let cell = value::from_json(column, value).map_err(|fault| self.fault(&fault))?;
            cells.push((at, cell));
        }
        Ok(File { cells, key, content: file.content.clone() })
    }

    /// Keeps the bytes, in the transaction that writes the row.
    pub(super) fn keep(&self, db: &Db<'_>, caller: &Caller, file: &File) -> Result<(), Refused> {
        let Some(key) = &file.key else { return Ok(()) };
        let values = [
            Cell::Text(key.clone()),
            Cell::Text(self.resource.clone()),
            Cell::Blob(file.content.to_vec()),
        ];
        db.execute(&self.insert, &Head::of(caller), &values)?;
        Ok(())
    }

    fn fault(&self, message: &str) -> Refused {
        let faults = vec![FieldFault::new(&self.rule.part, message)];
        Refused::fields(Refusal::InvalidField, "the form does not fit", faults)
    }
}

impl File {
    /// Puts the file's columns among those that were sent.
    pub(super) fn fill(&self, sent: &mut Sent) {
        for (at, cell) in &self.cells {
            if let Some(place) = sent.get_mut(*at) {
                *place = Some(cell.clone());
            }
        }
    }
}

/// The last part of a path, without what no name of a file has.
fn plain_name(name: &str, otherwise: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim().trim_start_matches('.');
    if plain.is_empty() { otherwise.to_owned() } else { plain.to_owned() }
}
