//! TypeORM: `@Entity("orders")` on a class, `@Column()` on its fields.

use super::{add, column, decorator, fields, snake, table, truth};
use crate::code::syntax::{Binding, Call, Item, Syntax, Value};
use crate::code::{CodeColumn, CodeFile, CodeTable, TableForm};

/// Decorators that make a field a column.
const COLUMNS: [&str; 7] = [
    "Column",
    "PrimaryColumn",
    "PrimaryGeneratedColumn",
    "CreateDateColumn",
    "UpdateDateColumn",
    "DeleteDateColumn",
    "VersionColumn",
];

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let classes = syntax.items.iter().enumerate();
    add(file, classes.filter_map(|(index, class)| entity(syntax, index, class)).collect());
}

fn entity(syntax: &Syntax<'_>, index: usize, class: &Item<'_>) -> Option<CodeTable> {
    let said = decorator(syntax, &class.decorators, "Entity")?;
    let name = option(syntax, said, "name").or_else(|| text(syntax, said));
    let name = name.map_or_else(|| Err(snake(class.name)), Ok);
    let columns = fields(syntax, index).filter_map(|field| field_column(syntax, field));
    Some(table(syntax, class, name, TableForm::TypeOrm, columns.collect()))
}

fn field_column(syntax: &Syntax<'_>, field: &Binding<'_>) -> Option<CodeColumn> {
    if let Some(join) = decorator(syntax, &field.decorators, "JoinColumn") {
        let name = option(syntax, join, "name")?;
        return Some(column(syntax, &name, "", None, &field.name_range));
    }
    let said = COLUMNS.iter().find_map(|it| decorator(syntax, &field.decorators, it))?;
    let options = said.arguments.iter().find(|it| matches!(it.value, Value::Map(_)));
    let nullable = options.and_then(|it| truth(it.value.get("nullable")?)).unwrap_or(false);
    let name = option(syntax, said, "name").unwrap_or_else(|| field.name.to_owned());
    let ty = option(syntax, said, "type").or_else(|| text(syntax, said));
    let ty = ty.unwrap_or_else(|| field.ty.to_owned());
    Some(column(syntax, &name, &ty, Some(nullable), &field.name_range))
}

/// The first argument, where it is a text.
fn text(syntax: &Syntax<'_>, call: &Call<'_>) -> Option<String> {
    syntax.stated(&call.positional(0)?.value).map(|it| it.into_owned())
}

/// A text among the options.
fn option(syntax: &Syntax<'_>, call: &Call<'_>, key: &str) -> Option<String> {
    let mut values = call.arguments.iter().filter_map(|it| it.value.get(key));
    values.find_map(|it| syntax.stated(it)).map(|it| it.into_owned())
}
