//! Findings drawn at random for a person to judge.

use super::findings::Finding;
use super::verdicts::Verdicts;
use crate::random::Random;

/// `number` findings that nobody has judged, the same for the same seed, in the order of the check.
pub(super) fn drawn(findings: &[Finding], verdicts: &Verdicts, number: usize, seed: u64) -> String {
    let is_new = |it: &&Finding| !verdicts.contains_key(&it.place());
    let mut left: Vec<(usize, &Finding)> = findings.iter().filter(is_new).enumerate().collect();
    let mut random = Random::new(seed);
    let mut drawn = Vec::new();
    while drawn.len() < number && !left.is_empty() {
        drawn.push(left.swap_remove(random.below(left.len())));
    }
    drawn.sort_by_key(|(at, _)| *at);
    drawn.iter().map(|(_, finding)| shown(finding)).collect()
}

fn shown(finding: &Finding) -> String {
    let Finding { rule, severity, path, line, message, help, related } = finding;
    let mut text = format!("\n{path}:{line}\n  {severity}[{rule}]: {message}\n");
    for it in related {
        text += &format!("  {}:{}: {}\n", it.path, it.line, it.message);
    }
    if let Some(help) = help {
        text += &format!("  help: {help}\n");
    }
    text
}
