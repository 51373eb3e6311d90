//! [`Stamp`]: what tells two states of a row apart.
//!
//! The tag is the row's version where it has one, else a hash of the row as it is stored, secrets
//! included, in the form that both databases answer alike. It is never made of what a client is
//! shown of the row: a tag of a part cannot be held against the whole.

use http::header::{ETAG, LAST_MODIFIED};
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use xxhash_rust::xxh3::xxh3_64;

use crate::hex;

#[cfg(test)]
mod tests;

/// Months as HTTP writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Days as HTTP writes them, from Sunday.
const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// What tells two states of a row apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    tag: Tag,
    /// When the row was changed, where it says so.
    modified: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Version(i64),
    Hash(u64),
}

impl Stamp {
    /// Of a row with this version.
    pub(crate) fn of_version(version: i64) -> Self {
        Self { tag: Tag::Version(version), modified: None }
    }

    /// Of a row that is stored like this.
    pub(crate) fn of_stored(row: &[u8]) -> Self {
        Self { tag: Tag::Hash(xxh3_64(row)), modified: None }
    }

    /// The same, changed at this time.
    pub(crate) fn changed_at(self, text: &str) -> Self {
        Self { modified: own_time(text).or_else(|| text.parse().ok()), ..self }
    }

    /// When the row was changed, in whole seconds: HTTP knows no others.
    pub(crate) fn changed_s(&self) -> Option<i64> {
        self.modified.map(Timestamp::as_second)
    }

    /// Whether `tag`, without its quotes, is the row's.
    pub(crate) fn is(&self, tag: &str) -> bool {
        let text = self.text();
        text.get(1..text.len().saturating_sub(1)) == Some(tag.as_bytes())
    }

    /// Says in an answer which state of the row it shows.
    pub(crate) fn describe(&self, headers: &mut HeaderMap) {
        if let Ok(tag) = HeaderValue::try_from(self.text()) {
            headers.insert(ETAG, tag);
        }
        if let Some(date) = self.modified.and_then(http_date) {
            headers.insert(LAST_MODIFIED, date);
        }
    }

    /// The strong tag, quoted (RFC 9110, 8.8.3).
    fn text(&self) -> Vec<u8> {
        match self.tag {
            Tag::Version(version) => format!("\"v{version}\"").into_bytes(),
            Tag::Hash(hash) => {
                let mut text = *b"\"0000000000000000\"";
                hex::write(hash, text.get_mut(1..17).unwrap_or_default());
                text.to_vec()
            }
        }
    }
}

/// A time in the form in which the service itself writes it: `2026-01-02T03:04:05.000006Z`. Every
/// row that is answered has one, and a parser of all forms takes ten times as long.
fn own_time(text: &str) -> Option<Timestamp> {
    let bytes: &[u8; 27] = text.as_bytes().try_into().ok()?;
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', clock @ .., b'Z'] = bytes else {
        return None;
    };
    let [h0, h1, b':', n0, n1, b':', s0, s1, b'.', fraction @ ..] = clock else { return None };
    let small = |digits: [&u8; 2]| i8::try_from(number(digits)?).ok();
    let year = i16::try_from(number([y0, y1, y2, y3])?).ok()?;
    let (month, day) = (small([m0, m1])?, small([d0, d1])?);
    let (hour, minute, second) = (small([h0, h1])?, small([n0, n1])?, small([s0, s1])?);
    let nanosecond = i32::try_from(number(fraction)?).ok()?.checked_mul(1_000)?;
    let time = DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

/// The number of a few decimal digits.
fn number<'d>(digits: impl IntoIterator<Item = &'d u8>) -> Option<u32> {
    digits.into_iter().try_fold(0_u32, |number, digit| {
        let digit = u32::from(digit.wrapping_sub(b'0'));
        (digit < 10).then(|| number.wrapping_mul(10).wrapping_add(digit))
    })
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let time = TimeZone::UTC.to_datetime(time);
    let day = usize::try_from(time.date().weekday().to_sunday_zero_offset()).ok()?;
    let month = usize::try_from(time.month()).ok()?.checked_sub(1)?;
    let mut text = Vec::with_capacity(32);
    text.extend_from_slice(DAYS.get(day)?.as_bytes());
    text.extend_from_slice(b", ");
    write_pair(time.day().into(), &mut text);
    text.push(b' ');
    text.extend_from_slice(MONTHS.get(month)?.as_bytes());
    text.push(b' ');
    write_pair(time.year().div_euclid(100), &mut text);
    write_pair(time.year().rem_euclid(100), &mut text);
    for (before, number) in [(b' ', time.hour()), (b':', time.minute()), (b':', time.second())] {
        text.push(before);
        write_pair(number.into(), &mut text);
    }
    text.extend_from_slice(b" GMT");
    HeaderValue::try_from(text).ok()
}

/// Two decimal digits. Every row that is answered has a date: formatting costs it ten times this.
fn write_pair(number: i16, text: &mut Vec<u8>) {
    let digit = |number: i16| u8::try_from(number.rem_euclid(10)).map_or(b'0', |it| b'0' + it);
    text.extend([digit(number / 10), digit(number)]);
}

/// Seconds since 1970 of a date as HTTP writes it; `None` where it is none.
pub(crate) fn read_http_date(text: &str) -> Option<i64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let day = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)?;
    let month = i8::try_from(month).ok()?.checked_add(1)?;
    let year = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    let time = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    let zoned = time.to_zoned(TimeZone::UTC).ok()?;
    (words.next() == Some("GMT")).then(|| zoned.timestamp().as_second())
}
