//! How much processor time a running program has used, where the system tells (Linux).

/// The kernel's unit for processor time in `/proc`: 1/100 s on every Linux that matters.
const TICKS_PER_S: f64 = 100.0;

/// Seconds of processor time of the process `id` since it began, user and system together.
pub(crate) fn seconds(id: u32) -> Option<f64> {
    sum(&id.to_string(), 11)
}

/// Seconds of processor time of all programs that this one started and that have ended.
pub(crate) fn children_seconds() -> Option<f64> {
    sum("self", 13)
}

/// Two fields of `/proc/…/stat` that stand side by side, the first `skipped` after the name.
fn sum(process: &str, skipped: usize) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name is in brackets and may hold spaces and brackets.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(skipped).map(|it| it.parse::<f64>().ok());
    Some((fields.next()?? + fields.next()??) / TICKS_PER_S)
}
