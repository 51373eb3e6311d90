//! Decimals as texts: patterns of as many digits as a column has, and within its bounds. JSON Schema
//! has no bounds for numbers in strings.

use groundplan_model::schema::{Column, Limit};
use serde_json::{Map, Value, json};

/// `pattern` of the column's decimals; where both bounds say something the second is in `allOf`.
pub(super) fn within(column: &Column) -> Map<String, Value> {
    let form = Form::of(column);
    let mut schema = Map::new();
    let mut patterns: Vec<String> = Vec::new();
    if let Some(least) = column.least() {
        patterns.push(form.at_least(least));
    }
    if let Some(most) = column.most() {
        patterns.push(form.at_most(most));
    }
    if patterns.is_empty() {
        patterns.push(format!("-?{}", form.any()));
    }
    let mut patterns = patterns.into_iter().map(|it| format!("^{it}$"));
    schema.extend(patterns.next().map(|it| ("pattern".to_owned(), json!(it))));
    let rest: Vec<Value> = patterns.map(|it| json!({ "pattern": it })).collect();
    if !rest.is_empty() {
        schema.insert("allOf".into(), json!(rest));
    }
    schema
}

/// A decimal of the column, whatever its bounds.
pub(super) fn digits(column: &Column) -> String {
    format!("-?{}", Form::of(column).any())
}

/// How many digits stand before and behind the point; `None` for any number.
struct Form {
    whole: Option<usize>,
    scale: Option<usize>,
}

/// A bound without its sign: digits before the point, without zeros in front, and behind it,
/// without zeros at the end.
struct Bound {
    whole: String,
    fraction: String,
    is_included: bool,
}

impl Form {
    fn of(column: &Column) -> Self {
        match column.precision() {
            Some((all, scale)) => {
                Self { whole: Some(all.saturating_sub(scale)), scale: Some(scale) }
            }
            None => Self { whole: None, scale: None },
        }
    }

    fn any(&self) -> String {
        let whole = match self.whole {
            Some(0) => "0+".to_owned(),
            Some(digits) => format!("0*[0-9]{{1,{digits}}}"),
            None => "[0-9]+".to_owned(),
        };
        format!("{whole}{}", self.fraction())
    }

    /// Any digits behind the point, and the point.
    fn fraction(&self) -> String {
        match self.scale {
            Some(0) => String::new(),
            Some(scale) => format!(r"(?:\.[0-9]{{1,{scale}}})?"),
            None => r"(?:\.[0-9]+)?".to_owned(),
        }
    }

    fn at_least(&self, limit: Limit) -> String {
        let (value, bound) = Bound::of(limit);
        match value {
            value if value < 0.0 => format!("(?:-{}|{})", self.up_to(&bound), self.any()),
            value if value == 0.0 && bound.is_included => self.any(),
            _ => self.from(&bound),
        }
    }

    fn at_most(&self, limit: Limit) -> String {
        let (value, bound) = Bound::of(limit);
        // Fewer digits than the bound has are always within it.
        let is_far = self.whole.is_some_and(|digits| bound.whole.len() > digits.max(1));
        match value {
            value if value < 0.0 => format!("-{}", self.from(&bound)),
            _ if is_far => format!("-?{}", self.any()),
            _ => format!("(?:-{}|{})", self.any(), self.up_to(&bound)),
        }
    }

    /// Decimals without a sign from `bound` on.
    fn from(&self, bound: &Bound) -> String {
        let larger: Vec<String> = self.larger(&bound.whole);
        let mut ways = Vec::new();
        if !larger.is_empty() {
            ways.push(format!("0*(?:{}){}", larger.join("|"), self.fraction()));
        }
        let same = if bound.whole == "0" { "0+".to_owned() } else { format!("0*{}", bound.whole) };
        ways.extend(self.fraction_from(bound).map(|fraction| format!("{same}{fraction}")));
        format!("(?:{})", ways.join("|"))
    }

    /// Decimals without a sign up to `bound`.
    fn up_to(&self, bound: &Bound) -> String {
        let smaller = smaller(&bound.whole);
        let mut ways = Vec::new();
        if !smaller.is_empty() {
            ways.push(format!("0*(?:{}){}", smaller.join("|"), self.fraction()));
        }
        let same = if bound.whole == "0" { "0+".to_owned() } else { format!("0*{}", bound.whole) };
        ways.extend(self.fraction_up_to(bound).map(|fraction| format!("{same}{fraction}")));
        format!("(?:{})", ways.join("|"))
    }

    /// Whole numbers above `number`, without zeros in front.
    fn larger(&self, number: &str) -> Vec<String> {
        let number = if number == "0" { "" } else { number };
        let longer = match self.whole {
            Some(most) if most <= number.len() => None,
            Some(most) => Some(format!("[1-9][0-9]{{{},{}}}", number.len(), most - 1)),
            None => Some(format!("[1-9][0-9]{{{},}}", number.len())),
        };
        let one_up = each_digit(number, |digit| digit + 1..=9);
        longer
            .into_iter()
            .chain(one_up.map(|(head, rest)| format!("{head}[0-9]{{{rest}}}")))
            .collect()
    }

    /// What stands behind the bound's own whole digits: a fraction from its own on.
    fn fraction_from(&self, bound: &Bound) -> Option<String> {
        let fraction = &bound.fraction;
        if fraction.is_empty() && bound.is_included {
            return Some(self.fraction());
        }
        if self.scale == Some(0) {
            return None;
        }
        let mut ways: Vec<String> = each_digit(fraction, |digit| digit + 1..=9)
            .map(|(head, _)| format!("{head}{}", self.rest(head_digits(&head))))
            .collect();
        ways.push(match bound.is_included {
            true => format!("{fraction}{}", self.rest(fraction.len())),
            false => format!("{fraction}0*[1-9][0-9]*"),
        });
        Some(format!(r"\.(?:{})", ways.join("|")))
    }

    /// What stands behind the bound's own whole digits: a fraction up to its own.
    fn fraction_up_to(&self, bound: &Bound) -> Option<String> {
        let fraction = &bound.fraction;
        let mut ways: Vec<String> = each_digit(fraction, |digit| 0..=digit.wrapping_sub(1))
            .map(|(head, _)| format!("{head}{}", self.rest(head_digits(&head))))
            .collect();
        // Fewer digits of the same fraction are less.
        let shorter = 1..fraction.len();
        ways.extend(shorter.filter_map(|end| fraction.get(..end)).map(str::to_owned));
        if bound.is_included {
            ways.push(match self.scale {
                Some(scale) => format!("{fraction}0{{0,{}}}", scale.saturating_sub(fraction.len())),
                None => format!("{fraction}0*"),
            });
        }
        match (self.scale, fraction.is_empty(), bound.is_included) {
            (_, true, false) => None,
            (Some(0), ..) => Some(String::new()),
            // A point needs a digit behind it.
            (_, true, true) => Some(r"(?:\.0+)?".to_owned()),
            _ => Some(format!(r"(?:\.(?:{}))?", ways.join("|"))),
        }
    }

    /// Any digits behind `known` ones of a fraction.
    fn rest(&self, known: usize) -> String {
        match self.scale {
            Some(scale) => format!("[0-9]{{0,{}}}", scale.saturating_sub(known)),
            None => "[0-9]*".to_owned(),
        }
    }
}

impl Bound {
    fn of(limit: Limit) -> (f64, Self) {
        let (value, is_included) = match limit {
            Limit::Included(value) => (value, true),
            Limit::Excluded(value) => (value, false),
        };
        let text = value.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        (value, Self { whole: whole.to_owned(), fraction: fraction.to_owned(), is_included })
    }
}

/// Whole numbers below `number`, with zeros in front.
fn smaller(number: &str) -> Vec<String> {
    if number == "0" {
        return Vec::new();
    }
    let shorter = (number.len() > 1).then(|| format!("[0-9]{{1,{}}}", number.len() - 1));
    let one_down = each_digit(number, |digit| 0..=digit.wrapping_sub(1));
    let one_down = one_down.map(|(head, rest)| format!("{head}[0-9]{{{rest}}}"));
    shorter.into_iter().chain(one_down).collect()
}

/// For each digit of `number` the digits before it with others in its place, as a pattern, and how
/// many digits follow.
fn each_digit(
    number: &str,
    others: impl Fn(u8) -> std::ops::RangeInclusive<u8>,
) -> impl Iterator<Item = (String, usize)> {
    number.bytes().enumerate().filter_map(move |(at, digit)| {
        let digit = digit.checked_sub(b'0')?;
        let others = others(digit);
        let (first, last) = (*others.start(), *others.end());
        if first > last || last > 9 {
            return None;
        }
        let class = if first == last { format!("{first}") } else { format!("[{first}-{last}]") };
        Some((format!("{}{class}", number.get(..at)?), number.len() - at - 1))
    })
}

/// How many digits a pattern of [`each_digit`] stands for.
fn head_digits(head: &str) -> usize {
    head.split_once('[').map_or(head.len(), |(before, _)| before.len() + 1)
}
