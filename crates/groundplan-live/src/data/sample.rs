//! Rows that look like real ones, the same for the same seed.
//!
//! Values come from the column's name and type and keep to its bounds. What several columns have to
//! hold together only the tables know: they refuse a row that does not, and the others stay.

use groundplan_model::schema::{Column, ColumnType, ForeignKey};
use groundplan_model::service::{Resource, Role, ServicePlan};
use serde_json::{Map, Value, json};

use super::Tables;
use super::order::parents_first;

const ADJECTIVES: [&str; 12] = [
    "amber", "brisk", "calm", "daily", "early", "first", "green", "high", "inner", "late", "main",
    "new",
];
const NOUNS: [&str; 12] = [
    "anchor", "basket", "canvas", "delta", "engine", "forest", "garden", "harbour", "island",
    "journal", "kettle", "lantern",
];

/// The second that times are counted back from: 1 June 2026. A clock would make each run differ.
const LATEST_S: i64 = 1_780_272_000;

/// Times lie within so many seconds before that: ninety days.
const SPAN_S: u64 = 90 * 24 * 60 * 60;

/// Numbers that follow from a seed (SplitMix64, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % limit).unwrap_or(0)
    }

    fn word(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or("one")
    }
}

/// `count` rows for each table of the plan that has none in `present`, those of owners `owner`'s.
/// They refer to one another and to the rows that are there.
pub(crate) fn sample(
    plan: &ServicePlan,
    present: &Tables,
    (seed, count): (u64, usize),
    owner: &str,
) -> Tables {
    let mut tables: Tables = present.iter().filter(|(_, rows)| !rows.is_empty()).cloned().collect();
    let there = tables.len();
    for at in parents_first(plan) {
        let Some(resource) = plan.resources.get(at) else { continue };
        if tables.iter().any(|(known, _)| *known == at) {
            continue;
        }
        // Each table has numbers of its own, so that a table more changes no other's rows.
        let salt = resource.table.name.bytes().fold(seed, |sum, byte| {
            sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte))
        });
        let mut dice = Dice(salt);
        let rows = (0..count).map(|number| row(plan, &tables, resource, number, &mut dice));
        let mut rows: Vec<Map<String, Value>> = rows.collect();
        if let (true, Some(first)) = (owns(plan, resource), rows.first_mut()) {
            be(resource, first, owner);
        }
        tables.push((at, rows));
    }
    tables.split_off(there)
}

/// Whether the table holds those who own rows of others.
fn owns(plan: &ServicePlan, resource: &Resource) -> bool {
    let owner = |it: &Resource| Some(it.column(it.owner?)?.name.clone());
    plan.resources.iter().any(|it| {
        let owner = owner(it);
        it.table.foreign_keys.iter().any(|key| {
            key.table.eq_ignore_ascii_case(&resource.table.name)
                && owner.as_ref().is_some_and(|owner| key.columns.contains(owner))
        })
    })
}

/// Makes a row the one of `owner`.
fn be(resource: &Resource, row: &mut Map<String, Value>, owner: &str) {
    let Some(key) = resource.key_index().and_then(|at| resource.column(at)) else { return };
    let number = owner.parse::<i64>().ok().filter(|_| matches!(key.ty, ColumnType::Integer { .. }));
    row.insert(key.name.clone(), number.map_or_else(|| owner.into(), Value::from));
}

fn row(
    plan: &ServicePlan,
    tables: &Tables,
    resource: &Resource,
    number: usize,
    dice: &mut Dice,
) -> Map<String, Value> {
    let mut row = Map::new();
    for (field, column) in resource.fields.iter().zip(&resource.table.columns) {
        let keys = &resource.table.foreign_keys;
        let key = keys.iter().find(|key| key.columns.contains(&column.name));
        let value = match (key, field.role) {
            (Some(key), Role::Owner) => parent(plan, tables, key, column, |_| 0),
            (Some(key), _) => parent(plan, tables, key, column, |count| dice.below(count)),
            (None, Role::Owner) => None,
            (None, Role::Version) => Some(json!(1)),
            (None, _) => Some(value(resource, column, number, dice)),
        };
        if let Some(value) = value {
            row.insert(column.name.clone(), value);
        }
    }
    row
}

/// What a row of the table that is referred to has; null where there is none, as with tables that
/// refer to themselves.
fn parent(
    plan: &ServicePlan,
    tables: &Tables,
    key: &ForeignKey,
    column: &Column,
    which: impl FnOnce(usize) -> usize,
) -> Option<Value> {
    let is_it = |(at, _): &&(usize, Vec<Map<String, Value>>)| {
        let table = plan.resources.get(*at).map(|it| &it.table);
        table.is_some_and(|it| it.name.eq_ignore_ascii_case(&key.table))
    };
    let (at, rows) = tables.iter().find(is_it)?;
    let position = key.columns.iter().position(|it| *it == column.name)?;
    let primary = &plan.resources.get(*at)?.table.primary_key;
    let referred = if key.referred.is_empty() { primary } else { &key.referred };
    rows.get(which(rows.len()))?.get(referred.get(position)?).cloned()
}

fn value(resource: &Resource, column: &Column, number: usize, dice: &mut Dice) -> Value {
    let table = &resource.table;
    let is_key = table.primary_key == [column.name.as_str()];
    let is_unique = is_key || table.uniques.iter().any(|set| set.contains(&column.name));
    if !column.allowed.is_empty() {
        return typed(column, column.allowed.get(dice.below(column.allowed.len())));
    }
    match column.ty {
        ColumnType::Integer { .. } if is_unique => json!(number + 1),
        ColumnType::Integer { .. } => json!(whole(column, dice)),
        ColumnType::Float => json!(real(column, dice)),
        ColumnType::Decimal => json!(format!("{:.2}", real(column, dice))),
        ColumnType::Boolean => json!(dice.below(2) == 1),
        ColumnType::Uuid => json!(uuid(dice)),
        ColumnType::Timestamp => json!(time(dice)),
        ColumnType::Date => json!(time(dice).get(..10)),
        ColumnType::Json => json!({}),
        ColumnType::Array => json!([]),
        ColumnType::Bytes => json!("c2FtcGxl"),
        ColumnType::Text | ColumnType::Other => json!(text(column, number, is_unique, dice)),
    }
}

fn typed(column: &Column, text: Option<&String>) -> Value {
    let text = text.map_or("", String::as_str);
    match column.ty {
        ColumnType::Integer { .. } | ColumnType::Float | ColumnType::Boolean => {
            serde_json::from_str(text).unwrap_or_else(|_| text.into())
        }
        _ => text.into(),
    }
}

/// Between the bounds, where there are any; else a small number.
fn real(column: &Column, dice: &mut Dice) -> f64 {
    let least = column.low().unwrap_or(0.0);
    let most = column.maximum.unwrap_or(least + 1000.0).min(least + 1000.0);
    let share = f64::from(u32::try_from(dice.below(10_000)).unwrap_or(0)) / 10_000.0;
    ((least + (most - least) * share) * 100.0).round() / 100.0
}

#[expect(clippy::cast_possible_truncation, reason = "between bounds; `as` saturates")]
fn whole(column: &Column, dice: &mut Dice) -> i64 {
    let least = column.minimum.unwrap_or(0.0).ceil() as i64;
    let most = column.maximum.map_or(least.saturating_add(100), |most| most.floor() as i64);
    (real(column, dice).round() as i64).clamp(least, most.max(least))
}

fn uuid(dice: &mut Dice) -> String {
    let (high, low) = (dice.number(), dice.number());
    let (one, two, three) = (high >> 32, (high >> 16) & 0xffff, high & 0xfff);
    format!(
        "{one:08x}-{two:04x}-4{three:03x}-8{:03x}-{:012x}",
        (low >> 48) & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

fn time(dice: &mut Dice) -> String {
    let back = i64::try_from(dice.number() % SPAN_S).unwrap_or(0);
    let time = jiff::Timestamp::from_second(LATEST_S - back).unwrap_or_default();
    crate::value::write_time(time)
}

/// A text after the column's name, cut or filled up to its bounds.
fn text(column: &Column, number: usize, is_unique: bool, dice: &mut Dice) -> String {
    let name = column.name.to_lowercase();
    let (one, two) = (dice.word(&ADJECTIVES), dice.word(&NOUNS));
    let count = if is_unique { format!("-{}", number + 1) } else { String::new() };
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let text = match () {
        () if has(&["email", "mail"]) => format!("{one}.{two}{count}@example.org"),
        () if has(&["url", "uri", "link", "href"]) => {
            format!("https://example.org/{one}/{two}{count}")
        }
        () if has(&["phone"]) => format!("+1555{:07}", dice.below(10_000_000)),
        () if has(&["slug", "code", "key"]) => format!("{one}-{two}{count}"),
        () if has(&["description", "body", "comment", "note", "text", "content"]) => {
            format!(
                "The {one} {two} goes with the {} {}.{count}",
                dice.word(&ADJECTIVES),
                dice.word(&NOUNS)
            )
        }
        () => format!("{one} {two}{count}"),
    };
    within(column, text, is_unique)
}

fn within(column: &Column, text: String, is_unique: bool) -> String {
    let size = |bound: Option<u64>| bound.and_then(|it| usize::try_from(it).ok());
    let least = size(column.min_length).unwrap_or(0).min(10_000);
    let most = size(column.max_length).unwrap_or(usize::MAX);
    let length = text.chars().count();
    if length > most {
        // What tells a text from others stands at its end.
        let skipped = if is_unique { length - most } else { 0 };
        return text.chars().skip(skipped).take(most).collect();
    }
    let filler = "x".repeat(least.saturating_sub(length));
    format!("{text}{filler}")
}
