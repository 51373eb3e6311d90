//! Figures of two sides that took turns, and what they say together.

use serde_json::{Value, json};

/// One figure a round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rounds(Vec<f64>);

/// The middle of some figures and how far they lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Rounds {
    pub(crate) fn push(&mut self, figure: f64) {
        self.0.push(figure);
    }

    /// Round by round, this figure over the other's: what both met in a round goes out.
    pub(crate) fn over(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(own, other)| own / other).collect())
    }

    pub(crate) fn summary(&self) -> Summary {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = |index: usize| sorted.get(index).copied().unwrap_or(f64::NAN);
        let (half, last) = (sorted.len() / 2, sorted.len().saturating_sub(1));
        let is_even = sorted.len().is_multiple_of(2);
        let median =
            if is_even { f64::midpoint(at(half.saturating_sub(1)), at(half)) } else { at(half) };
        Summary { median, least: at(0), most: at(last) }
    }

    pub(crate) fn json(&self) -> Value {
        let summary = self.summary();
        json!({
            "median": summary.median,
            "least": summary.least,
            "most": summary.most,
            "rounds": self.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Rounds, Summary};

    #[test]
    fn the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
        let of = |figures: &[f64]| Rounds(figures.to_vec()).summary();
        assert_eq!(of(&[3.0, 1.0, 2.0]), Summary { median: 2.0, least: 1.0, most: 3.0 });
        assert_eq!(of(&[4.0, 1.0, 2.0, 3.0]), Summary { median: 2.5, least: 1.0, most: 4.0 });
    }

    #[test]
    fn a_ratio_is_taken_round_by_round() {
        let ratio = Rounds(vec![2.0, 8.0]).over(&Rounds(vec![1.0, 2.0]));
        assert_eq!(ratio.0, [2.0, 4.0]);
    }
}
