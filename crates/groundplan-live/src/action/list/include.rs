//! Rows that a page's rows refer to, shown within them: read together after the page.

use groundplan_model::schema::Column;

use crate::action::Draft;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::scope::condition;
use crate::store::sql::quote;
use crate::store::{Cell, Db, FIRST_VALUE, Head, Row};
use crate::wire::Shape;

/// Everything that can be included.
pub(super) struct Includes {
    all: Vec<Include>,
}

struct Include {
    /// `,"customer":`
    prefix: Vec<u8>,
    /// The column that refers to the row, and the one that it refers to.
    column: String,
    referred: Column,
    /// Selects a row's shape and then what it is told by, up to the list of those.
    select: String,
    shape: Shape,
}

impl Includes {
    pub(super) fn new(draft: &Draft<'_>) -> Self {
        let rows = draft.route.query.include.iter().flat_map(|it| &it.rows);
        let one = |it: &groundplan_model::service::Included| {
            let resource = draft.plan.resources.get(it.resource)?;
            let referred = resource.column(it.referred)?.clone();
            let shape = Shape::new(resource, false);
            let table = quote(&resource.table.name);
            let scope = condition(draft.plan, resource, &table).map(|it| format!("{it} AND "));
            let name = format!("{table}.{}", quote(&referred.name));
            let select = format!(
                "SELECT {}, {name} FROM {table} WHERE {}{name} IN ",
                shape.columns(),
                scope.unwrap_or_default()
            );
            let member = serde_json::Value::from(it.name.as_str());
            let column = quote(&draft.resource.column(it.column)?.name);
            Some(Include { prefix: format!(",{member}:").into(), column, referred, select, shape })
        };
        Self { all: rows.filter_map(one).collect() }
    }

    /// The columns that refer to the wanted rows.
    pub(super) fn columns(&self, wanted: &[usize], table: &str) -> Vec<String> {
        let found = wanted.iter().filter_map(|at| self.all.get(*at));
        found.map(|it| format!("{table}.{}", it.column)).collect()
    }

    /// Rows that others are to be included in; what refers to those is read from position `at` on.
    pub(super) fn outer(&self, wanted: &[usize], at: usize) -> Outer<'_> {
        let includes = wanted.iter().filter_map(|at| self.all.get(*at));
        Outer { includes: includes.collect(), at, rows: Vec::new() }
    }
}

/// A page's rows, while what they include is not there yet.
pub(super) struct Outer<'i> {
    includes: Vec<&'i Include>,
    at: usize,
    rows: Vec<(Vec<u8>, Vec<Cell>)>,
}

impl Outer<'_> {
    pub(super) fn take(&mut self, row: &Row<'_>, write: impl FnOnce(&Row<'_>, &mut Vec<u8>)) {
        let mut json = Vec::with_capacity(512);
        write(row, &mut json);
        let references = (0..self.includes.len()).map(|at| row.cell(self.at + at)).collect();
        self.rows.push((json, references));
    }

    /// The rows as a JSON array, with those that they refer to.
    pub(super) fn finish(self, db: &Db<'_>, caller: &Caller) -> Result<Vec<u8>, Refused> {
        let mut found = Vec::with_capacity(self.includes.len());
        for (at, include) in self.includes.iter().enumerate() {
            let wanted = self.rows.iter().filter_map(|(_, references)| references.get(at));
            found.push(include.read(db, caller, wanted)?);
        }
        let mut json = vec![b'['];
        for (row, references) in &self.rows {
            if json.len() > 1 {
                json.push(b',');
            }
            // The object is closed after what is included.
            json.extend_from_slice(row.strip_suffix(b"}").unwrap_or(row));
            for ((include, found), reference) in self.includes.iter().zip(&found).zip(references) {
                json.extend_from_slice(&include.prefix);
                let shown = found.iter().find(|(key, _)| key == reference);
                json.extend_from_slice(shown.map_or(b"null", |(_, row)| row));
            }
            json.push(b'}');
        }
        json.push(b']');
        Ok(json)
    }
}

impl Include {
    /// The rows that these values tell, if the caller may see them.
    fn read<'c>(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        wanted: impl Iterator<Item = &'c Cell>,
    ) -> Result<Vec<(Cell, Vec<u8>)>, Refused> {
        let mut keys: Vec<Cell> = Vec::new();
        for key in wanted.filter(|it| **it != Cell::Null) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        let mut found = Vec::with_capacity(keys.len());
        if keys.is_empty() {
            return Ok(found);
        }
        let numbers = FIRST_VALUE..FIRST_VALUE + keys.len();
        let operands: Vec<String> =
            numbers.map(|number| crate::query::operand(&self.referred, number)).collect();
        let sql = format!("{}({})", self.select, operands.join(", "));
        db.each(&sql, &Head::of(caller), &keys, |row| {
            let mut json = Vec::with_capacity(256);
            self.shape.write(row, &mut json);
            found.push((row.cell(self.shape.len()), json));
        })?;
        Ok(found)
    }
}
