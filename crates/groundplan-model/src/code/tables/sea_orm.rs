//! SeaORM entities: `#[sea_orm(table_name = "orders")] struct Model`.

use super::{add, column, fields, table};
use crate::code::syntax::{Item, Syntax};
use crate::code::{CodeFile, CodeTable, TableForm};

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let models = syntax.items.iter().enumerate();
    add(file, models.filter_map(|(index, item)| entity(syntax, index, item)).collect());
}

fn entity(syntax: &Syntax<'_>, index: usize, item: &Item<'_>) -> Option<CodeTable> {
    let said = |decorators: &[usize], key: &str| {
        let calls = decorators.iter().filter_map(|it| syntax.call(*it));
        let mut found = calls.filter(|it| it.name == "sea_orm").filter_map(|it| it.keyed(key));
        found.find_map(|it| syntax.stated(&it.value)).map(|it| it.into_owned())
    };
    let name = said(&item.decorators, "table_name")?;
    let columns = fields(syntax, index).map(|field| {
        let inner = field.ty.strip_prefix("Option<").and_then(|it| it.strip_suffix('>'));
        let name = said(&field.decorators, "column_name");
        let name = name.as_deref().unwrap_or(field.name).trim_start_matches("r#");
        let ty = inner.unwrap_or(field.ty);
        column(syntax, name, ty, Some(inner.is_some()), &field.name_range)
    });
    Some(table(syntax, item, Ok(name), TableForm::SeaOrm, columns.collect()))
}
