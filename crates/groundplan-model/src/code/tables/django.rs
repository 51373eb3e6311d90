//! Django models.

use super::{add, column, fields, table, truth};
use crate::Certainty;
use crate::code::syntax::{Binding, Item, ItemKind, Syntax, last};
use crate::code::{CodeColumn, CodeFile, CodeTable, TableForm};
use crate::paths;

/// Fields that are no columns of their table.
const RELATIONS: [&str; 3] = ["ManyToManyField", "GenericRelation", "GenericForeignKey"];

/// How many classes deep columns are inherited.
const DEPTH: usize = 4;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let label = label(&file.path).to_owned();
    let classes = syntax.items.iter().enumerate().filter(|(_, it)| it.kind == ItemKind::Type);
    let models = classes.filter_map(|(index, class)| model(syntax, index, class, &label));
    add(file, models.collect());
}

/// The application that a file belongs to: the folder of `models.py` or of `models/`.
fn label(path: &str) -> &str {
    let folder = paths::folder(path);
    let name = paths::file_name(folder);
    if name == "models" { paths::file_name(paths::folder(folder)) } else { name }
}

fn model(syntax: &Syntax<'_>, index: usize, class: &Item<'_>, label: &str) -> Option<CodeTable> {
    let meta = |name: &str| {
        let inner =
            syntax.items.iter().position(|it| it.parent == Some(index) && it.name == "Meta");
        fields(syntax, inner?).find(|it| it.name == name)
    };
    let is_abstract = meta("abstract").and_then(|it| truth(&it.value)) == Some(true);
    let mut columns = Vec::new();
    let is_whole = inherited(syntax, index, DEPTH, &mut columns)?;
    if is_abstract {
        return None;
    }
    let stated = meta("db_table").and_then(|it| syntax.stated(&it.value));
    let made = format!("{label}_{}", class.name.to_lowercase());
    let name = stated.map_or(Err(made), |it| Ok(it.into_owned()));
    let mut found = table(syntax, class, name, TableForm::Django, columns);
    if !is_whole {
        found.certainty = found.certainty.min(Certainty::Inferred);
    }
    Some(found)
}

/// Adds the columns of a model and of its bases; `None` where it is no model, false where a base
/// stands elsewhere.
fn inherited(
    syntax: &Syntax<'_>,
    index: usize,
    depth: usize,
    columns: &mut Vec<CodeColumn>,
) -> Option<bool> {
    let class = syntax.items.get(index)?;
    let (mut is_model, mut is_whole) = (false, true);
    let inner = class.head.split_once('(').map_or("", |it| it.1);
    let bases = inner.split([',', ')']).map(str::trim).filter(|it| !it.is_empty() && *it != ":");
    for base in bases {
        let own = syntax.items.iter().position(|it| it.name == base && it.kind == ItemKind::Type);
        match own.filter(|it| *it != index && depth > 0) {
            Some(base) => {
                let of_base = inherited(syntax, base, depth - 1, columns);
                is_model |= of_base.is_some();
                is_whole &= of_base.unwrap_or(true);
            }
            None => {
                is_model |= base == "models.Model" || base.ends_with("Model");
                is_whole &= base == "models.Model";
            }
        }
    }
    columns.extend(fields(syntax, index).filter_map(|field| field_column(syntax, field)));
    is_model.then_some(is_whole)
}

/// `total = models.DecimalField(null=True)`; a foreign key is called after the field.
fn field_column(syntax: &Syntax<'_>, field: &Binding<'_>) -> Option<CodeColumn> {
    let (_, call) = syntax.as_call(&field.value)?;
    let is_key = matches!(call.name, "ForeignKey" | "OneToOneField");
    let is_field = call.name.ends_with("Field") || is_key;
    if !is_field || RELATIONS.contains(&last(call.name)) {
        return None;
    }
    let stated = call.keyed("db_column").and_then(|it| syntax.stated(&it.value));
    let made = if is_key { format!("{}_id", field.name) } else { field.name.to_owned() };
    let name = stated.map_or(made, |it| it.into_owned());
    let nullable = call.keyed("null").and_then(|it| truth(&it.value)).unwrap_or(false);
    Some(column(syntax, &name, call.name, Some(nullable), &field.name_range))
}
