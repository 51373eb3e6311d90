//! Exact decimals, as far as a rule needs them: sums, differences, products, comparisons.

use std::cmp::Ordering;

/// `digits` times ten to the power of minus `scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    digits: i128,
    scale: u32,
}

/// More digits behind the point are not kept apart.
const SCALE: u32 = 18;

impl Number {
    pub(super) fn whole(number: i64) -> Self {
        Self { digits: number.into(), scale: 0 }
    }

    /// `12.50`, without an exponent.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let scale = u32::try_from(fraction.len()).ok().filter(|it| *it <= SCALE)?;
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, scale })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (one, two, scale) = self.aligned(other)?;
        Some(Self { digits: one.checked_add(two)?, scale })
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        let negative = Self { digits: other.digits.checked_neg()?, ..other };
        self.plus(negative)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        let scale = self.scale + other.scale;
        (scale <= 2 * SCALE).then_some(Self { digits, scale })
    }

    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let (one, two, _) = self.aligned(other)?;
        Some(one.cmp(&two))
    }

    /// The number with the scale that it needs: no zeros at the end.
    pub(super) fn text(self) -> String {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        let scale = usize::try_from(self.scale).unwrap_or(0);
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        let fraction = fraction.trim_end_matches('0');
        match fraction.is_empty() {
            true => format!("{sign}{whole}"),
            false => format!("{sign}{whole}.{fraction}"),
        }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let raised = |it: Self| it.digits.checked_mul(10_i128.checked_pow(scale - it.scale)?);
        Some((raised(self)?, raised(other)?, scale))
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Number;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn decimals_are_exact() {
        let sum = number("0.10").plus(number("0.20")).expect("small");
        assert_eq!(sum.text(), "0.3");
        assert_eq!(number("19.99").times(number("3")).expect("small").text(), "59.97");
        assert_eq!(number("1").minus(number("2.5")).expect("small").text(), "-1.5");
        assert_eq!(number("100").text(), "100");
    }

    #[test]
    fn scales_do_not_matter_in_comparisons() {
        assert_eq!(number("2.50").compare(number("2.5")), Some(Ordering::Equal));
        assert_eq!(number("-0.01").compare(number("0")), Some(Ordering::Less));
    }

    #[test]
    fn what_does_not_fit_has_no_result() {
        let huge = Number::parse(&"9".repeat(38)).expect("fits");
        assert!(huge.plus(huge).is_none());
        assert!(Number::parse("1e5").is_none());
    }
}
