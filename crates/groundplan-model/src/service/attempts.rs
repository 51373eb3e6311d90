//! How a job is tried (rule D13).

/// How often a job is tried, with which pauses, and how long an attempt may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How often at most.
    pub most: u32,
    /// The first pauses between attempts; at least one.
    pub pauses_ms: Vec<u32>,
    /// How the others follow from the last of them.
    pub growth: Growth,
    /// No pause is longer.
    pub longest_ms: Option<u32>,
    /// How long an attempt may take.
    pub limit_ms: Option<u32>,
}

/// How pauses go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Growth {
    /// Each is as long as the last.
    Stays,
    /// Each is twice as long as the one before.
    Doubles,
}

impl Default for Attempts {
    fn default() -> Self {
        Self {
            most: 3,
            pauses_ms: vec![1000, 4000],
            growth: Growth::Stays,
            longest_ms: None,
            limit_ms: None,
        }
    }
}

impl Attempts {
    /// The pause after so many attempts, the first being 1.
    pub fn pause_ms(&self, attempts: u32) -> u64 {
        let at = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
        let last = self.pauses_ms.len().saturating_sub(1);
        let stated = self.pauses_ms.get(at.min(last)).copied().map_or(1000, u64::from);
        let doublings = match self.growth {
            Growth::Stays => 0,
            Growth::Doubles => u32::try_from(at.saturating_sub(last)).unwrap_or(u32::MAX),
        };
        let pause = stated.saturating_mul(2_u64.saturating_pow(doublings));
        self.longest_ms.map_or(pause, |longest| pause.min(u64::from(longest)))
    }
}
