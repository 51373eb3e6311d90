//! Bodies of actions (rule D6): members that the document shows, and the columns that keep them.

use serde_json::Value;

use super::names::snake;
use super::{note, statements::Statement};
use crate::schema::{Column, ColumnType};
use crate::service::{Member, Note, NoteLevel, Operation, Resource, Role, Route, Segment};

/// Gives every action the members that its documented request shows.
pub(super) fn settle(
    statements: &[Statement],
    routes: &mut [Route],
    resources: &[Resource],
    notes: &mut Vec<Note>,
) {
    for (route, statement) in routes.iter_mut().zip(statements) {
        if !matches!(route.operation, Operation::Transition(_) | Operation::Act) {
            continue;
        }
        let resource = route.binding.as_ref().and_then(|it| resources.get(it.resource));
        let Some((Value::Object(shown), resource)) = route.request_example.as_ref().zip(resource)
        else {
            continue;
        };
        let members = shown.iter().map(|(name, value)| member(route, resource, name, value));
        let members: Vec<Member> = members.collect();
        for member in members.iter().filter(|it| it.kept_in.is_none()) {
            let message =
                format!("`{}` of the body is taken in, but no column keeps it", member.name);
            note(notes, NoteLevel::Info, "D6", statement.span, message);
        }
        route.members = members;
    }
}

fn member(route: &Route, resource: &Resource, name: &str, value: &Value) -> Member {
    let kept_in = kept_in(route, resource, name);
    let column = kept_in.and_then(|at| resource.column(at)).cloned();
    let required = column.as_ref().is_some_and(|it| it.not_null && it.default.is_none());
    let column = column.unwrap_or_else(|| shown(name, value, route));
    Member { name: name.to_owned(), column, required, kept_in }
}

/// The column that keeps a member: of its name, or of the verb's and its name: `cancel_reason`.
fn kept_in(route: &Route, resource: &Resource, name: &str) -> Option<usize> {
    let word = snake(name);
    let verb = match route.path.last()? {
        Segment::Literal(verb) => snake(verb),
        Segment::Parameter(_) => return None,
    };
    // "cancel" and "cancellation", "refund" and "refunded" begin alike.
    let stem: String = verb.chars().take(5).collect();
    let columns = resource.table.columns.iter().zip(&resource.fields).enumerate();
    let plain = columns.filter(|(_, (_, field))| field.role == Role::Plain);
    let mut named = plain.map(|(at, (column, _))| (at, snake(&column.name)));
    let same = named.clone().find(|(_, column)| *column == word);
    let behind = named.find(|(_, column)| {
        column
            .strip_suffix(&word)
            .is_some_and(|lead| lead.ends_with('_') && lead.starts_with(&stem))
    });
    same.or(behind).map(|(at, _)| at)
}

/// A member that no column keeps holds what the example shows.
fn shown(name: &str, value: &Value, route: &Route) -> Column {
    let ty = match value {
        Value::Number(number) if number.is_i64() => ColumnType::Integer { auto: false },
        Value::Number(_) => ColumnType::Float,
        Value::Bool(_) => ColumnType::Boolean,
        Value::String(_) | Value::Null => ColumnType::Text,
        Value::Array(_) | Value::Object(_) => ColumnType::Json,
    };
    Column::plain(name, ty, route.span)
}
