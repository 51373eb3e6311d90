//! Types of columns as SQL, models and entities write them.

use groundplan_model::schema::ColumnType;

/// What a type stands for. Some databases have no type of their own for a kind: they are taken for
/// the one that stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Whole,
    Float,
    Decimal,
    /// A number of a language that has one kind of them.
    Number,
    Truth,
    Text,
    Uuid,
    Time,
    Day,
    Json,
    Bytes,
    List,
}

/// Words that types begin with, the more particular ones first.
const WORDS: &[(&str, Kind)] = &[
    ("biginteger", Kind::Whole),
    ("autofield", Kind::Whole),
    ("bigautofield", Kind::Whole),
    ("bigint", Kind::Whole),
    ("bigserial", Kind::Whole),
    ("smallint", Kind::Whole),
    ("smallserial", Kind::Whole),
    ("positive", Kind::Whole),
    ("mediumint", Kind::Whole),
    ("tinyint(1)", Kind::Truth),
    ("tinyint", Kind::Whole),
    ("interval", Kind::Text),
    ("integer", Kind::Whole),
    ("int", Kind::Whole),
    ("serial", Kind::Whole),
    ("i16", Kind::Whole),
    ("i32", Kind::Whole),
    ("i64", Kind::Whole),
    ("u32", Kind::Whole),
    ("u64", Kind::Whole),
    ("uint", Kind::Whole),
    ("float", Kind::Float),
    ("double", Kind::Float),
    ("real", Kind::Float),
    ("f32", Kind::Float),
    ("f64", Kind::Float),
    ("numeric", Kind::Decimal),
    ("decimal", Kind::Decimal),
    ("money", Kind::Decimal),
    ("number", Kind::Number),
    ("bool", Kind::Truth),
    ("timestamp", Kind::Time),
    ("datetimefield", Kind::Time),
    ("datetime", Kind::Time),
    ("naivedatetime", Kind::Time),
    ("time.time", Kind::Time),
    ("naivedate", Kind::Day),
    ("datefield", Kind::Day),
    ("date", Kind::Day),
    ("uuid", Kind::Uuid),
    ("json", Kind::Json),
    ("dict", Kind::Json),
    ("array", Kind::List),
    ("list", Kind::List),
    ("vec<u8>", Kind::Bytes),
    ("vec<", Kind::List),
    ("bytea", Kind::Bytes),
    ("bytes", Kind::Bytes),
    ("blob", Kind::Bytes),
    ("binary", Kind::Bytes),
    ("largebinary", Kind::Bytes),
    ("varbinary", Kind::Bytes),
    ("varchar", Kind::Text),
    ("nvarchar", Kind::Text),
    ("string", Kind::Text),
    ("str", Kind::Text),
    ("text", Kind::Text),
    ("unicode", Kind::Text),
    ("citext", Kind::Text),
    ("charfield", Kind::Text),
    ("emailfield", Kind::Text),
    ("slugfield", Kind::Text),
    ("urlfield", Kind::Text),
    ("character", Kind::Text),
    ("char", Kind::Text),
    ("enum", Kind::Text),
];

/// Whether a column can be both. Types that nobody here knows are never said to differ.
pub(super) fn agree(stated: &ColumnType, written: &str) -> bool {
    let (Some(one), Some(other)) = (of_document(stated), of_code(written)) else { return true };
    one == other || are_alike(one, other) || are_alike(other, one)
}

/// Whether one kind is kept in the other where a database or a language has no type of its own.
fn are_alike(one: Kind, other: Kind) -> bool {
    matches!(
        (one, other),
        (Kind::Number, Kind::Whole | Kind::Float | Kind::Decimal)
            | (Kind::Uuid, Kind::Text)
            | (Kind::Truth, Kind::Whole)
            | (Kind::Json, Kind::List | Kind::Text)
            // A `Date` of JavaScript is a time.
            | (Kind::Day, Kind::Time)
    )
}

fn of_document(ty: &ColumnType) -> Option<Kind> {
    Some(match ty {
        ColumnType::Integer { .. } => Kind::Whole,
        ColumnType::Float => Kind::Float,
        ColumnType::Decimal => Kind::Decimal,
        ColumnType::Boolean => Kind::Truth,
        ColumnType::Text => Kind::Text,
        ColumnType::Uuid => Kind::Uuid,
        ColumnType::Timestamp => Kind::Time,
        ColumnType::Date => Kind::Day,
        ColumnType::Json => Kind::Json,
        ColumnType::Bytes => Kind::Bytes,
        ColumnType::Array => Kind::List,
        ColumnType::Other => return None,
    })
}

fn of_code(written: &str) -> Option<Kind> {
    let lower = written.trim().to_lowercase();
    if lower.ends_with("[]") {
        return Some(Kind::List);
    }
    // `sa.String(9)`, `postgresql.UUID`, `uuid::Uuid`, `datetime.datetime`.
    let head = lower.split(['(', '<', '[']).next().unwrap_or("");
    let start = head.rfind(['.', ':']).map_or(0, |at| at + 1);
    let own = if head == "time.time" { &*lower } else { lower.get(start..)? };
    WORDS.iter().find(|(word, _)| own.starts_with(word)).map(|it| it.1)
}

#[cfg(test)]
mod tests;
