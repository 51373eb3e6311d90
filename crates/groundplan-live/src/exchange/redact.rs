//! What the log must not hold: values of parameters that are secrets, and of those that an operator
//! names.

#[cfg(test)]
mod tests;

/// Parts of names whose values are secrets everywhere.
const SECRET: [&str; 8] =
    ["token", "secret", "password", "passwd", "api_key", "apikey", "signature", "authorization"];

/// What stands for such a value.
const HIDDEN: &str = "***";

/// Hides values by the names of their parameters.
#[derive(Debug)]
pub(crate) struct Redaction {
    names: Vec<String>,
}

impl Redaction {
    /// Hides secrets and the values of `names`, whatever their case.
    pub(crate) fn new(names: &[String]) -> Self {
        let own = names.iter().map(|name| name.to_lowercase());
        Self { names: SECRET.iter().map(|name| (*name).to_owned()).chain(own).collect() }
    }

    /// A query as the log may hold it.
    pub(crate) fn query(&self, query: &str) -> String {
        let shown = |part: &str| match part.split_once('=') {
            Some((name, _)) if self.hides(name) => format!("{name}={HIDDEN}"),
            _ => part.to_owned(),
        };
        query.split('&').map(shown).collect::<Vec<String>>().join("&")
    }

    /// A value of this name as the log may hold it.
    pub(crate) fn value<'v>(&self, name: &str, value: &'v str) -> &'v str {
        if self.hides(name) { HIDDEN } else { value }
    }

    fn hides(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.iter().any(|hidden| name.contains(hidden.as_str()))
    }
}
