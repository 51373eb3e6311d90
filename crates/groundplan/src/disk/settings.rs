//! `groundplan.toml`: what a team settled for its workspace.

use std::fs;
use std::io;
use std::path::Path;

use super::base::CONFIGURATION;
use super::printed;
use crate::exit::Failure;

/// What is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The family of new documents: `xcc`, `speckit`, …
    pub(crate) profile: Option<String>,
}

impl Settings {
    /// The settings of the workspace at `root`; keys that are not known here are others' business.
    pub(crate) fn of(root: &Path) -> Result<Self, Failure> {
        let path = root.join(CONFIGURATION);
        let name = printed(&path);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                let doing = format!("cannot read `{name}`");
                return Err(Failure::io(doing, &error, "make it readable"));
            }
        };
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let message = format!("`{name}` is broken: {}", error.message());
            Failure::new(message, "correct it: it is a TOML file")
        })?;
        let profile = table.get("profile").and_then(toml::Value::as_str).map(str::to_owned);
        Ok(Self { profile })
    }
}
