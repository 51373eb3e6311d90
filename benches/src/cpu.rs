//! How much processor time a running program has used, where the system tells (Linux).

/// The kernel's unit for processor time in `/proc`: 1/100 s on every Linux that matters.
const TICKS_PER_S: f64 = 100.0;

/// Seconds of processor time of the process `id` since it began, user and system together.
pub(crate) fn seconds(id: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The second field is the program's name in brackets and may hold spaces.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11).map(|field| field.parse::<f64>().ok());
    Some((fields.next()?? + fields.next()??) / TICKS_PER_S)
}
