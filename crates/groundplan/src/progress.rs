//! Progress of long work: a line on the terminal that standard error is, while the work takes longer
//! than anybody waits without asking. Never in a pipe and never in CI.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that counts up; it goes when the work is done.
pub(crate) struct Progress {
    done: Arc<AtomicUsize>,
    shown: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Of `total` documents that are being read.
    pub(crate) fn of(total: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let is_watched = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        let shown = is_watched.then(|| {
            let (stop, stopped) = channel();
            let counted = Arc::clone(&done);
            let show = move || {
                let mut pause = PATIENCE;
                while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                    line(&format!("Read {} of {total} documents", counted.load(Ordering::Relaxed)));
                    pause = PAUSE;
                }
                if pause == PAUSE {
                    line("");
                }
            };
            (stop, std::thread::spawn(show))
        });
        Self { done, shown }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.shown.take() {
            drop(stop);
            // A line that could not be shown is no fault of the work.
            let _ = thread.join();
        }
    }
}

/// Replaces the line.
fn line(text: &str) {
    let mut terminal = std::io::stderr().lock();
    let _ = write!(terminal, "\r\x1b[2K{text}").and_then(|()| terminal.flush());
}
