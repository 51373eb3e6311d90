//! What is wrong with a configuration file.

use crate::exit::Failure;
use crate::ui::Ui;

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The file, as it is printed.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: String,
    /// Whether nothing can be done with such a file; else the setting is left out.
    pub(crate) is_error: bool,
}

impl Problem {
    fn shown(&self) -> String {
        format!("{}:{}: {}", self.file, self.line, self.message)
    }

    /// As what ends a run.
    pub(super) fn into_failure(self) -> Failure {
        Failure::new(self.shown(), self.help)
    }
}

/// Says what is wrong. Errors end the run, and warnings do where they are `denied`.
pub(crate) fn tell(problems: &[Problem], denied: bool, ui: &mut Ui) -> Result<(), Failure> {
    let (errors, warnings): (Vec<_>, Vec<_>) = problems.iter().partition(|it| it.is_error);
    for warning in &warnings {
        ui.warn(&warning.shown(), &warning.help);
    }
    if let Some((last, before)) = errors.split_last() {
        before.iter().for_each(|it| ui.fail(&it.shown(), Some(&it.help)));
        return Err((*last).clone().into_failure());
    }
    match denied && !warnings.is_empty() {
        true => Err(Failure::new(
            "the configuration has warnings, and `--deny-config-warnings` asks for none",
            "correct what is named above",
        )),
        false => Ok(()),
    }
}
