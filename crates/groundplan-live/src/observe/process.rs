//! The process itself, as Linux tells it: the `process_*` metrics of Prometheus. Other systems tell
//! less.

use std::fs;

use super::metrics::{Kind, Metric};

#[cfg(test)]
mod tests;

/// Ticks of a second in `/proc`: a constant of Linux' interface, whatever the kernel's own clock.
const TICKS: f64 = 100.0;

/// What is known of this process.
pub(crate) fn metrics() -> Vec<Metric> {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let boot = fs::read_to_string("/proc/stat").unwrap_or_default();
    let found = [
        ("process_cpu_seconds_total", "Time on a processor.", Kind::Counter, cpu_s(&stat)),
        ("process_resident_memory_bytes", "Memory in use.", Kind::Gauge, memory(&status, "VmRSS")),
        ("process_virtual_memory_bytes", "Address space.", Kind::Gauge, memory(&status, "VmSize")),
        ("process_threads", "Threads.", Kind::Gauge, number(&status, "Threads:")),
        ("process_open_fds", "Open files and sockets.", Kind::Gauge, open_files()),
        ("process_max_fds", "Most files and sockets.", Kind::Gauge, most_files(&limits)),
        ("process_start_time_seconds", "Start, since 1970.", Kind::Gauge, began_s(&stat, &boot)),
    ];
    let known = found
        .into_iter()
        .filter_map(|(name, help, kind, value)| Some(Metric { name, help, kind, value: value? }));
    known.collect()
}

/// The fields of `/proc/self/stat` behind the program's name, which may hold anything.
fn fields(stat: &str) -> impl Iterator<Item = &str> {
    stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace()
}

fn field(stat: &str, number: usize) -> Option<f64> {
    // The manual counts from 1, and the first two are the id and the name.
    fields(stat).nth(number.checked_sub(3)?)?.parse().ok()
}

fn cpu_s(stat: &str) -> Option<f64> {
    Some((field(stat, 14)? + field(stat, 15)?) / TICKS)
}

fn began_s(stat: &str, boot: &str) -> Option<f64> {
    Some(number(boot, "btime")? + field(stat, 22)? / TICKS)
}

/// Bytes of a line such as `VmRSS:   5120 kB`.
fn memory(status: &str, name: &str) -> Option<f64> {
    number(status, &format!("{name}:")).map(|kib| kib * 1024.0)
}

fn number(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

fn most_files(limits: &str) -> Option<f64> {
    number(limits, "Max open files")
}

fn open_files() -> Option<f64> {
    let count = fs::read_dir("/proc/self/fd").ok()?.count();
    u32::try_from(count).ok().map(f64::from)
}
