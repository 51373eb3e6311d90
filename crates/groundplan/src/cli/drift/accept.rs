//! Accepting drift for a time, and forgetting what is gone.

use std::collections::HashSet;

use super::{Compared, DriftCommand};
use crate::disk::{Entry, printed};
use crate::exit::{Exit, Failure};
use crate::git::Git;
use crate::render::plural;
use crate::ui::Ui;

impl DriftCommand {
    /// Accepts what is reported. What was accepted until a day that is over gets the new one.
    pub(super) fn accept(
        &self,
        mut compared: Compared<'_>,
        until: Option<String>,
        ui: &mut Ui,
    ) -> Result<Exit, Failure> {
        let author = self.author.clone().or_else(|| Git::of(&self.folder())?.author());
        let date = Some(compared.today.clone());
        let entry = Entry { reason: self.reason.clone(), author, date, until, ..Entry::default() };
        let renewed = compared.renew(&entry);
        let all = compared.findings.iter().enumerate();
        let new = all.filter(|(at, _)| !compared.expired.contains(at)).map(|it| it.1.clone());
        let new: Vec<_> = new.collect();
        compared.baseline.add(&new, compared.sources, &entry);
        compared.baseline.save()?;
        let name = compared.baseline.name();
        ui.print(&format!("Accepted {} in {name}.\n", plural(new.len(), "difference")))?;
        if renewed > 0 {
            ui.print(&format!("Accepted {} anew.\n", plural(renewed, "difference")))?;
        }
        Ok(Exit::Clean)
    }
}

impl Compared<'_> {
    /// Gives what has expired its new reason, author and day; how many findings that are.
    fn renew(&mut self, accepted: &Entry) -> usize {
        let today = &self.today;
        let expired = self.baseline.entries.iter_mut().filter(|it| it.is_expired(today));
        let mut count = 0;
        for entry in expired {
            let Entry { reason, author, date, until, .. } = accepted.clone();
            (entry.reason, entry.author, entry.date, entry.until) = (reason, author, date, until);
            count += entry.count;
        }
        count
    }

    /// Takes out what is not there any more. Of files that were not looked at nobody knows.
    pub(super) fn prune(
        mut self,
        asked: Option<&HashSet<String>>,
        ui: &mut Ui,
    ) -> Result<Exit, Failure> {
        let mut pruned = 0;
        for at in 0..self.baseline.entries.len() {
            let vanished = self.known.vanished.get(at).copied().unwrap_or(0);
            let path = self.baseline.entries.get(at).map(|it| self.baseline.document(it));
            let Some(entry) = self.baseline.entries.get_mut(at) else { continue };
            let is_known = path.is_some_and(|path| {
                !path.exists() || asked.is_none_or(|asked| asked.contains(&printed(&path)))
            });
            if is_known {
                pruned += vanished;
                entry.count = entry.count.saturating_sub(vanished);
            }
        }
        self.baseline.entries.retain(|it| it.count > 0);
        if pruned > 0 {
            self.baseline.save()?;
        }
        ui.print(&match pruned {
            0 => "Nothing of the accepted drift is gone.\n".to_owned(),
            _ => {
                format!("Took {} out of {}.\n", plural(pruned, "difference"), self.baseline.name())
            }
        })?;
        Ok(Exit::Clean)
    }
}
