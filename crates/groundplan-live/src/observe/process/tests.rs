//! Reading `/proc`.

use super::{began_s, cpu_s, memory, most_files};

const STAT: &str = "42 (a) b c) S 1 42 42 0 -1 4194304 1 0 0 0 250 50 0 0 20 0 8 0 12300 9 9 9 9";

#[test]
fn a_program_name_with_brackets_does_not_shift_the_fields() {
    assert_eq!(cpu_s(STAT), Some(3.0));
    assert_eq!(began_s(STAT, "cpu 1 2\nbtime 1700000000\n"), Some(1_700_000_123.0));
}

#[test]
fn memory_is_in_bytes_and_what_is_not_told_is_left_out() {
    assert_eq!(memory("VmSize:\t 20 kB\nVmRSS:\t 8 kB\n", "VmRSS"), Some(8192.0));
    assert_eq!(memory("", "VmRSS"), None);
    assert_eq!(
        most_files("Max open files            1024                 4096   files\n"),
        Some(1024.0)
    );
}

#[cfg(target_os = "linux")]
#[test]
fn on_linux_all_of_it_is_known() {
    let metrics = super::metrics();
    assert_eq!(metrics.len(), 7);
    assert!(metrics.iter().all(|it| it.value > 0.0 || it.name.contains("cpu")));
}
