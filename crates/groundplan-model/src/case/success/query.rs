//! Declared query parameters: each filter, the search, the order, the members, what is included.

use serde_json::Value;

use crate::case::check::{Check, Fit, ListCheck};
use crate::case::request::{Caller, Item, RowId};
use crate::case::scene::{Scene, bound, list_check, whole_page, with_deleted};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::schema::ColumnType;
use crate::service::{Filter, Included, Operation, Route, Search, Sort, Test};

use super::about;

/// Parameters that nothing but "there are some" declares are not asked for.
pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let query = &maker.route.query;
    let mut deleted: Vec<Case> = query.deleted.iter().map(|_| deleted(maker)).collect();
    if query.open {
        return deleted;
    }
    let mut cases: Vec<Case> = query.filters.iter().map(|it| filter(maker, it)).collect();
    cases.extend(query.search.as_ref().map(|it| search(maker, it)));
    cases.extend(query.sort.as_ref().map(|it| sort(maker, it)));
    cases.extend(query.fields.as_ref().map(|it| fields(maker, it)));
    cases.append(&mut deleted);
    if let Some(include) = &query.include {
        cases.extend(include.rows.iter().map(|it| included(maker, &include.parameter, it)));
    }
    cases
}

/// A deleted row is in the list of those who may see it and ask for it, and in no other.
fn deleted(maker: &mut Maker<'_, '_>) -> Case {
    let (about, index, route) = (about(maker, "with deleted rows"), maker.index, maker.route);
    maker.case(about, |scene| {
        let resource = bound(route)?;
        let row = scene.make(resource, 0)?;
        let delete = scene.route_of(resource, |it| *it == Operation::Delete);
        let (delete, _) = delete.ok_or("no endpoint deletes its rows")?;
        let request = scene.request(delete, scene.place_of(delete, row), 0)?;
        scene.setup(request, Check::Done);
        let mut request = scene.request(index, scene.place_of(index, row), 0)?;
        let page = whole_page(&mut request, route);
        let except = changed_by_delete(scene, resource)?;
        let check =
            ListCheck { whole: false, shown: Vec::new(), except, ..list_check(route, page)? };
        let lacks = ListCheck { lacks: vec![row], ..check.clone() };
        scene.test(request.by(Caller::SeesDeleted), Check::List(lacks));
        request.query.extend(with_deleted(route));
        let contains = ListCheck { contains: vec![row], ..check };
        scene.test(request.by(Caller::SeesDeleted), Check::List(contains));
        Ok(())
    })
}

/// Members of a row that tell that it was deleted.
fn changed_by_delete(scene: &Scene<'_, '_>, resource: usize) -> Possible<Vec<String>> {
    let mut changed = scene.changing(resource)?;
    if let Some(mark) = &scene.resource(resource)?.soft_delete {
        changed.push(scene.member(resource, mark.column)?);
    }
    Ok(changed)
}

/// A row by its own value: there or not there, and every other row as the filter says.
fn filter(maker: &mut Maker<'_, '_>, filter: &Filter) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("with `{}`", filter.parameter));
    maker.case(about, |scene| {
        let row = whole_row(scene, route)?;
        let member = scene.member(bound(route)?, filter.column)?;
        let (value, there) = match filter.test {
            Test::Equal | Test::In | Test::AtLeast | Test::AtMost => {
                (Item::Of(row, member), Some(true))
            }
            Test::NotEqual | Test::MoreThan | Test::LessThan => {
                (Item::Of(row, member), Some(false))
            }
            Test::Like => (Item::Is(pattern(&sent(scene, row, &member)?).into()), Some(true)),
            Test::IsNull | Test::IsSet => (Item::Is(true.into()), None),
        };
        let fits = vec![Fit { column: filter.column, test: filter.test, value: value.clone() }];
        let rows = |wanted: bool| if there == Some(wanted) { vec![row] } else { Vec::new() };
        let check =
            ListCheck { contains: rows(true), lacks: rows(false), fits, ..list_check(route, 0)? };
        ask(scene, index, row, vec![(filter.parameter.clone(), value)], check)
    })
}

/// A text in other letters finds its row.
fn search(maker: &mut Maker<'_, '_>, search: &Search) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("with `{}`", search.parameter));
    maker.case(about, |scene| {
        let row = whole_row(scene, route)?;
        let resource = bound(route)?;
        let texts = search.columns.iter().filter_map(|at| {
            let member = scene.member(resource, *at).ok()?;
            sent(scene, row, &member).ok().filter(|it| !it.trim().is_empty())
        });
        let text = texts.into_iter().next().ok_or("no text of a row is known")?;
        let part: String = text.trim().chars().take(40).collect();
        let value = Item::Is(part.trim().to_ascii_uppercase().into());
        let check = ListCheck { contains: vec![row], ..list_check(route, 0)? };
        ask(scene, index, row, vec![(search.parameter.clone(), value)], check)
    })
}

/// Both directions of one order that no database sees another way: numbers and times.
fn sort(maker: &mut Maker<'_, '_>, sort: &Sort) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("with `{}`", sort.parameter));
    maker.case(about, |scene| {
        let resource = scene.resource(bound(route)?)?;
        let has_order = |at: &usize| {
            resource.column(*at).is_some_and(|it| {
                let ordered = [ColumnType::Float, ColumnType::Timestamp, ColumnType::Date];
                let is_integer = matches!(it.ty, ColumnType::Integer { .. });
                it.not_null && (is_integer || ordered.contains(&it.ty))
            })
        };
        let key = sort.keys.iter().find(|(_, at)| has_order(at));
        let (name, _) = key.ok_or("it has no column of numbers or times")?;
        let row = whole_row(scene, route)?;
        for down in [false, true] {
            let mut query = Vec::new();
            match &sort.direction {
                Some(direction) => {
                    query.push((sort.parameter.clone(), Item::Is(name.as_str().into())));
                    let word = if down { "desc" } else { "asc" };
                    query.push((direction.clone(), Item::Is(word.into())));
                }
                None => {
                    let sign = if down { "-" } else { "" };
                    query.push((sort.parameter.clone(), Item::Is(format!("{sign}{name}").into())));
                }
            }
            let order = Some((name.clone(), down));
            let check = ListCheck { contains: vec![row], order, ..list_check(route, 0)? };
            ask(scene, index, row, query, check)?;
        }
        Ok(())
    })
}

/// Rows of the members that were asked for, and no others.
fn fields(maker: &mut Maker<'_, '_>, parameter: &str) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("with `{parameter}`"));
    maker.case(about, |scene| {
        let resource = scene.resource(bound(route)?)?;
        let key = resource.key_index().ok_or("its rows have no single key")?;
        let name = scene.member(bound(route)?, key)?;
        let row = whole_row(scene, route)?;
        let value = Item::Is(name.as_str().into());
        let check = ListCheck {
            contains: vec![row],
            members: Some(vec![name]),
            whole: false,
            shown: Vec::new(),
            ..list_check(route, 0)?
        };
        ask(scene, index, row, vec![(parameter.to_owned(), value)], check)
    })
}

/// Rows with the row that each refers to.
fn included(maker: &mut Maker<'_, '_>, parameter: &str, included: &Included) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("with `{parameter}={}`", included.name));
    maker.case(about, |scene| {
        let row = whole_row(scene, route)?;
        let value = Item::Is(included.name.as_str().into());
        let include = Some(Box::new(included.clone()));
        let check = ListCheck { contains: vec![row], include, ..list_check(route, 0)? };
        ask(scene, index, row, vec![(parameter.to_owned(), value)], check)
    })
}

/// A row with every member that can be sent, where that is possible.
fn whole_row(scene: &mut Scene<'_, '_>, route: &Route) -> Possible<RowId> {
    scene.make_sized(bound(route)?, 0, Size::Largest)
}

/// The text that was sent for a member.
fn sent(scene: &Scene<'_, '_>, row: RowId, member: &str) -> Possible<String> {
    let made = scene.made(row).ok_or("there is no such row")?;
    let found = made.sent.iter().find(|(name, _)| name == member);
    match found {
        Some((_, Item::Is(Value::String(text)))) => Ok(text.clone()),
        _ => Err(format!("no text is sent for `{member}`")),
    }
}

/// A pattern for texts that begin as `text` does.
fn pattern(text: &str) -> String {
    let start = text.chars().take(40).flat_map(|c| {
        let escape = matches!(c, '%' | '_' | '\\').then_some('\\');
        escape.into_iter().chain([c])
    });
    start.chain(['%']).collect()
}

fn ask(
    scene: &mut Scene<'_, '_>,
    index: usize,
    row: RowId,
    query: Vec<(String, Item)>,
    check: ListCheck,
) -> Possible<()> {
    let route = scene.route(index)?;
    let mut request = scene.request(index, scene.place_of(index, row), 0)?;
    let page = whole_page(&mut request, route);
    request.query.extend(query);
    scene.test(request, Check::List(ListCheck { page, ..check }));
    Ok(())
}
