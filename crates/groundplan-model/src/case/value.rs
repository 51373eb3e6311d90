//! Values that a column takes, computed from its type and bounds.

use serde_json::{Value, json};

use crate::schema::{Column, ColumnType, Limit};

use super::Seed;
use super::wire::fits_type;

/// Longer texts are not sent, whatever the column allows: a body has its own limit.
pub(super) const TEXT_CHARS: u64 = 100_000;

/// The largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
const EXACT: i64 = 9_007_199_254_740_991;

/// Which of its values a column gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// The one of the document's example, where that fits; else the smallest.
    Usual,
    /// As `Usual`, with the optional members that the example shows.
    Shown,
    /// The largest.
    Largest,
}

/// Values from a seed: the n-th is always the same.
pub(super) struct Values {
    number: u64,
    tag: String,
    next: u64,
}

impl Values {
    pub(super) fn new(seed: &Seed) -> Self {
        Self { number: seed.number, tag: seed.tag.clone(), next: 0 }
    }

    /// A value that fits the column; `unique` where no earlier one may come again.
    pub(super) fn of(
        &mut self,
        column: &Column,
        size: Size,
        shown: Option<&Value>,
        unique: bool,
    ) -> Value {
        let shown = shown.filter(|it| size == Size::Usual && !unique && fits(column, it));
        if let Some(value) = shown.filter(|it| !it.is_null()) {
            return value.clone();
        }
        if !column.allowed.is_empty() {
            return self.allowed(column, size, unique);
        }
        self.computed(column, size, unique)
    }

    /// A key that no row has.
    pub(super) fn unknown(&mut self, column: &Column) -> Value {
        match column.ty {
            ColumnType::Integer { .. } => {
                let most = integer_bounds(column).1;
                json!(most - self.draw(1_000_000).min(most - 1))
            }
            _ => self.computed(column, Size::Usual, true),
        }
    }

    /// A word that nobody used before, cut to what the column takes.
    pub(super) fn word(&mut self, column: &Column) -> String {
        let count = self.count();
        let word = format!("v{}{}", self.tag, base36(count));
        let most = usize::try_from(column.max_length.unwrap_or(TEXT_CHARS)).unwrap_or(usize::MAX);
        // The end of the word is what differs most from one to the next.
        word.get(word.len().saturating_sub(most)..).unwrap_or_default().to_owned()
    }

    fn allowed(&mut self, column: &Column, size: Size, unique: bool) -> Value {
        let last = column.allowed.len().saturating_sub(1);
        let at = match size {
            _ if unique => usize::try_from(self.draw(i64::MAX)).unwrap_or(0) % (last + 1),
            Size::Usual | Size::Shown => 0,
            Size::Largest => last,
        };
        let text = column.allowed.get(at).map_or("", String::as_str);
        as_type(column, text)
    }

    fn computed(&mut self, column: &Column, size: Size, unique: bool) -> Value {
        let large = size == Size::Largest;
        match column.ty {
            ColumnType::Integer { .. } => json!(self.integer(column, large, unique)),
            ColumnType::Float => json!(number_bound(column, large)),
            ColumnType::Decimal => json!(decimal(column, large)),
            ColumnType::Boolean => json!(large),
            ColumnType::Text | ColumnType::Other => json!(self.text(column, large)),
            ColumnType::Uuid => json!(self.uuid()),
            ColumnType::Timestamp => json!(self.timestamp(large)),
            ColumnType::Date => json!(if large { "2031-12-31" } else { "2031-01-02" }),
            ColumnType::Json => json!({ "verify": self.count() }),
            ColumnType::Bytes => json!("dmVyaWZ5"),
            ColumnType::Array => array(column),
        }
    }

    fn integer(&mut self, column: &Column, large: bool, unique: bool) -> i64 {
        let (least, most) = integer_bounds(column);
        let span = most.saturating_sub(least);
        match (large, unique && span > 0) {
            (_, true) => least + self.draw(span),
            (true, false) => most,
            (false, false) => least,
        }
    }

    fn text(&mut self, column: &Column, large: bool) -> String {
        let word = self.word(column);
        let text = in_form(column, &word);
        let least = column.min_length.unwrap_or(0).min(TEXT_CHARS);
        let most = column.max_length.map(|most| most.min(TEXT_CHARS));
        if column.min_length.is_some() && column.min_length == column.max_length {
            return self.digits(least);
        }
        match most {
            Some(most) if large => pad(text, most, 'é'),
            _ => pad(text, least, 'x'),
        }
    }

    /// Texts of one length are mostly hashes: hexadecimal digits fit those.
    fn digits(&mut self, length: u64) -> String {
        let mut digits = format!("{:016x}", self.mixed());
        let length = usize::try_from(length).unwrap_or(0);
        while digits.len() < length {
            digits.push_str(&format!("{:016x}", self.mixed()));
        }
        digits.truncate(length);
        digits
    }

    /// A UUID that no row has.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.mixed(), self.mixed());
        let tail = low & 0xffff_ffff_ffff;
        let (one, two, three) = (high >> 32, (high >> 16) & 0xffff, high & 0xfff);
        format!("{one:08x}-{two:04x}-4{three:03x}-8{:03x}-{tail:012x}", (low >> 48) & 0xfff)
    }

    fn timestamp(&mut self, large: bool) -> String {
        let second = self.draw(60);
        if large {
            return format!("2031-12-31T23:59:{second:02}.999999Z");
        }
        format!("2031-01-02T03:04:{second:02}.000006Z")
    }

    fn draw(&mut self, below: i64) -> i64 {
        let below = u64::try_from(below).unwrap_or(1).max(1);
        i64::try_from(self.mixed() % below).unwrap_or(0)
    }

    fn count(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// SplitMix64 (Steele, Lea and Flood 2014) over seed, tag and counter.
    fn mixed(&mut self) -> u64 {
        let tag = self.tag.bytes().fold(self.number, |sum, byte| {
            sum.wrapping_mul(0x0100_0000_01b3).wrapping_add(u64::from(byte))
        });
        let mut it = tag.wrapping_add(self.count().wrapping_mul(0x9e37_79b9_7f4a_7c15));
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }
}

/// Whether the column takes `value`, as far as its own bounds say.
pub(super) fn fits(column: &Column, value: &Value) -> bool {
    if !fits_type(column, value) {
        return false;
    }
    match value.as_str() {
        Some(text) if column.ty == ColumnType::Decimal => in_range(column, text.parse().ok()),
        Some(text) => in_length(column, text) && is_allowed(column, text),
        None => in_range(column, value.as_f64()) && is_allowed(column, &value.to_string()),
    }
}

fn in_length(column: &Column, text: &str) -> bool {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    column.min_length.is_none_or(|least| length >= least)
        && column.max_length.is_none_or(|most| length <= most)
}

fn in_range(column: &Column, number: Option<f64>) -> bool {
    number.is_none_or(|number| {
        column.minimum.is_none_or(|least| number >= least)
            && column.maximum.is_none_or(|most| number <= most)
    })
}

fn is_allowed(column: &Column, text: &str) -> bool {
    column.allowed.is_empty() || column.allowed.iter().any(|it| it == text)
}

/// The JSON form of a value that stands as text in a CHECK.
pub(super) fn as_type(column: &Column, text: &str) -> Value {
    let read = match column.ty {
        ColumnType::Integer { .. } | ColumnType::Float => serde_json::from_str(text).ok(),
        ColumnType::Boolean => Some(json!(matches!(text, "true" | "TRUE" | "1"))),
        _ => None,
    };
    read.unwrap_or_else(|| json!(text))
}

/// Least and most of a whole number; within what the declared type holds.
pub(super) fn integer_bounds(column: &Column) -> (i64, i64) {
    let declared = column.declared.to_ascii_lowercase();
    let most = match declared.as_str() {
        it if it.contains("small") || it.contains("int2") => 32_767,
        it if it.contains("big") || it.contains("int8") => EXACT,
        _ => i64::from(i32::MAX),
    };
    let most = column.maximum.map_or(most, |it| whole(it.floor()));
    let least = column.minimum.map_or(most.min(1), |it| whole(it.ceil()));
    (least, most.max(least))
}

/// The number as an integer, at most as far from zero as JSON keeps exactly.
fn whole(number: f64) -> i64 {
    (number as i64).clamp(-EXACT, EXACT)
}

fn number_bound(column: &Column, large: bool) -> f64 {
    match (column.low(), column.most()) {
        (_, Some(Limit::Included(most))) if large => most,
        (Some(least), _) => least,
        (None, Some(Limit::Included(most))) => most.min(1.5),
        (None, Some(Limit::Excluded(most))) => (most - 1.0).min(1.5),
        (None, None) => 1.5,
    }
}

fn decimal(column: &Column, large: bool) -> String {
    let (whole_digits, scale) = column.precision().unwrap_or((5, 2));
    if large && column.maximum.is_none() {
        let fraction = "9".repeat(scale);
        let whole = "9".repeat(whole_digits.saturating_sub(scale).clamp(1, 12));
        return if scale == 0 { whole } else { format!("{whole}.{fraction}") };
    }
    let number = number_bound(column, large);
    let number = if scale == 0 { number.ceil() } else { number };
    format!("{number:.scale$}")
}

fn array(column: &Column) -> Value {
    let declared = column.declared.to_ascii_lowercase();
    if declared.starts_with("int") || declared.contains("int[") { json!([1]) } else { json!(["a"]) }
}

/// A service may ask for addresses that look like some, though no bound of the column says so.
fn in_form(column: &Column, word: &str) -> String {
    let name = column.name.to_ascii_lowercase();
    let has = |part: &str| name.split('_').any(|it| it == part);
    let formed = if has("email") {
        format!("{word}@example.com")
    } else if has("url") || has("uri") || has("link") || has("href") {
        format!("https://example.com/{word}")
    } else {
        return word.to_owned();
    };
    let length = u64::try_from(formed.len()).unwrap_or(u64::MAX);
    if column.max_length.is_none_or(|most| length <= most) { formed } else { word.to_owned() }
}

/// Fills up with `last` once and then with `x`: one wide character tells bytes from characters.
fn pad(text: String, length: u64, last: char) -> String {
    let missing = usize::try_from(length).unwrap_or(0).saturating_sub(text.chars().count());
    if missing == 0 {
        return text;
    }
    format!("{text}{last}{}", "x".repeat(missing - 1))
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or(0);
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}
