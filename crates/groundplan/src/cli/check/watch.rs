//! `check --watch`: once more whenever a document changes.
//!
//! Changes are seen by looking at the files' stamps. Events of the system would cost less while
//! nothing happens, but they get lost on network drives and in containers, and a look at ten
//! thousand stamps takes a twentieth of a second.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Check;
use crate::cli::{Outcome, Ui};
use crate::disk::{Stamp, find, is_stdin, workspace_root};
use crate::exit::{Exit, Failure};
use crate::render::plural;
use crate::serve::{self, Signals};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(300);

/// A look may take this part of the time at most: 1 of 20.
const SHARE: u32 = 20;

/// Settings that change what is found, below the root of the workspace.
const SETTINGS: [&str; 5] = [
    "groundplan.toml",
    ".groundplan.toml",
    ".config/groundplan.toml",
    ".groundplan/baseline.toml",
    ".groundplan/approvals.toml",
];

/// Checks, and checks again after each change, until it is stopped.
pub(super) fn watch(check: &Check, ui: &mut Ui) -> Outcome {
    if check.paths.iter().any(|it| is_stdin(it)) {
        let message = "`--watch` cannot watch standard input";
        return Err(Failure::new(message, "name the file itself, or a folder"));
    }
    serve::block_on(until_stopped(check, ui))?
}

async fn until_stopped(check: &Check, ui: &mut Ui) -> Outcome {
    let mut signals = Signals::listen()?;
    let mut pause = PAUSE;
    loop {
        let before = stamps(check);
        run(check, before.len(), ui)?;
        loop {
            tokio::select! {
                () = signals.next() => return Ok(Exit::Interrupted),
                () = tokio::time::sleep(pause) => {}
            }
            let start = Instant::now();
            let now = stamps(check);
            pause = PAUSE.max(start.elapsed() * SHARE);
            if now != before {
                settle(check, now);
                break;
            }
        }
    }
}

/// Waits until nothing changes for a moment: an editor that writes in two steps, or a branch that is
/// being checked out, gives one run.
fn settle(check: &Check, mut now: BTreeMap<PathBuf, Stamp>) {
    const MOMENT: Duration = Duration::from_millis(50);
    const MOST_LOOKS: usize = 40;
    for _ in 0..MOST_LOOKS {
        std::thread::sleep(MOMENT);
        let again = stamps(check);
        if again == now {
            return;
        }
        now = again;
    }
}

fn run(check: &Check, documents: usize, ui: &mut Ui) -> Result<(), Failure> {
    if ui.width().is_some() {
        ui.print("\u{1b}[2J\u{1b}[H")?;
    }
    match check.once(ui) {
        Ok(_) => {}
        // What stops one run is mended in the editor that the next one waits for.
        Err(Failure::Message { message, help }) => ui.fail(&message, help.as_deref()),
        Err(output @ Failure::Output(_)) => return Err(output),
    }
    ui.flush()?;
    let documents = plural(documents, "file");
    ui.note(&format!("Watching {documents}. Ctrl-C stops it.\n"));
    Ok(())
}

/// The stamps of all documents and OpenAPI files under `paths`, and of the settings. A folder that cannot be walked
/// just now has none, and is no reason to end.
fn stamps(check: &Check) -> BTreeMap<PathBuf, Stamp> {
    let found = find(&check.paths, None, &check.configs());
    let places = found.map(|it| [it.places, it.contracts].concat()).unwrap_or_default();
    let root = workspace_root(check.paths.first().map_or(Path::new("."), PathBuf::as_path));
    let settings = SETTINGS.iter().map(|it| root.join(it));
    let all = places.into_iter().map(|it| it.path).chain(settings);
    all.filter_map(|path| Some((path.clone(), Stamp::of(&path)?))).collect()
}
