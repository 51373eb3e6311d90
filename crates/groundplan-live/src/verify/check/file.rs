//! Whether a file has the rows that must be in it.

use groundplan_model::ServicePlan;
use groundplan_model::case::FileCheck;
use groundplan_model::service::{ExportFormat, Resource};
use http::header::{CONTENT_TYPE, LINK};
use serde_json::{Map, Value};

use super::page::key;
use super::{shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

type Members = Map<String, Value>;

/// Looks for the rows of `contains` by their keys.
pub(in crate::verify) fn file(
    plan: &ServicePlan,
    check: &FileCheck,
    contains: Vec<Members>,
    answer: &Answer,
) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    media_type(check.format, answer)?;
    let Some(resource) = plan.resources.get(check.resource) else { return Ok(()) };
    let text = String::from_utf8_lossy(&answer.body);
    let keys = match check.format {
        ExportFormat::Csv => csv_keys(resource, &text)?,
        ExportFormat::Ndjson => json_keys(resource, text.lines())?,
        ExportFormat::Json => array_keys(resource, &text)?,
    };
    // A file that says that it goes on elsewhere may have them there.
    let goes_on = answer.headers.contains_key(LINK);
    for row in contains.iter().filter(|_| !goes_on) {
        let wanted: Vec<String> = key(resource, row).iter().map(as_text).collect();
        if !keys.contains(&wanted) {
            let observed = format!("answered a file without the row {}", wanted.join(", "));
            return Err(Mismatch::new(observed, "a row that was made must be in it"));
        }
    }
    Ok(())
}

fn media_type(format: ExportFormat, answer: &Answer) -> Result<(), Mismatch> {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
    let (sent, wanted) = (answer.header(CONTENT_TYPE), format.media_type());
    if essence(sent) == essence(wanted) {
        return Ok(());
    }
    let observed = format!("answered with `Content-Type: {sent}`");
    Err(Mismatch::new(observed, format!("`{}` was expected", essence(wanted))))
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn json_keys<'t>(
    resource: &Resource,
    lines: impl Iterator<Item = &'t str>,
) -> Result<Vec<Vec<String>>, Mismatch> {
    let lines = lines.filter(|line| !line.trim().is_empty());
    lines.map(|line| row_key(resource, serde_json::from_str(line).ok())).collect()
}

fn array_keys(resource: &Resource, text: &str) -> Result<Vec<Vec<String>>, Mismatch> {
    let rows: Option<Vec<Value>> = serde_json::from_str(text).ok();
    let rows = rows.ok_or_else(|| Mismatch::new("answered no array", "an array was expected"))?;
    rows.into_iter().map(|row| row_key(resource, Some(row))).collect()
}

fn row_key(resource: &Resource, row: Option<Value>) -> Result<Vec<String>, Mismatch> {
    match row {
        Some(Value::Object(members)) => Ok(key(resource, &members).iter().map(as_text).collect()),
        Some(other) => {
            let observed = format!("answered {} as a row", shown(&other));
            Err(Mismatch::new(observed, "rows are objects"))
        }
        None => Err(Mismatch::new("answered a line that is not JSON", "each line is a row")),
    }
}

/// The keys of the lines behind the line of names.
fn csv_keys(resource: &Resource, text: &str) -> Result<Vec<Vec<String>>, Mismatch> {
    let mut lines = records(text).into_iter();
    let names = lines.next().unwrap_or_default();
    let wanted = resource.table.primary_key.iter().filter_map(|name| {
        let field = resource.fields.get(resource.table.column_index(name)?)?;
        Some(field.name.as_str())
    });
    let mut columns = Vec::new();
    for name in wanted {
        let at = names.iter().position(|it| it == name);
        columns.push(at.ok_or_else(|| {
            let observed = format!("answered a file without the column `{name}`");
            Mismatch::new(observed, "the first line has the members' names")
        })?);
    }
    let key = |line: Vec<String>| {
        columns.iter().map(|at| line.get(*at).cloned().unwrap_or_default()).collect()
    };
    Ok(lines.map(key).collect())
}

/// Records of RFC 4180.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}
