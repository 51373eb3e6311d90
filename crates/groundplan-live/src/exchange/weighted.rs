//! Lists whose members have a weight: `gzip;q=0.5, br` (RFC 9110, 12.4.2).

use http::{HeaderMap, HeaderName};

/// The weight of a member that states none.
const FULL: u16 = 1000;

/// The members of a header in their order, each with its weight in thousandths.
pub(super) fn weighted<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> impl Iterator<Item = (&'h str, u16)> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(member)
}

fn member(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?;
    let stated = parts.find_map(|it| it.strip_prefix("q=").or_else(|| it.strip_prefix("Q=")));
    Some((name, stated.map_or(FULL, thousandths)))
}

/// `0.25` as 250. What is no weight counts as none stated.
fn thousandths(text: &str) -> u16 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole != "0" || rest.len() > 3 || !digits(rest) {
        return FULL;
    }
    format!("{rest:0<3}").parse().unwrap_or(FULL)
}
