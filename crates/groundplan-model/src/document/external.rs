//! Endpoints of other services, which a document names beside its own.

#[cfg(test)]
mod tests;

use super::{Document, Endpoint};

/// How titles of sections about other services begin, in lower case and without a number.
const SECTIONS: [&str; 8] = [
    "external service",
    "external system",
    "external dependenc",
    "external integration",
    "external endpoint",
    "third-party",
    "third party",
    "upstream",
];

/// Labels in a row or an item, in lower case.
const LABELS: [&str; 4] = ["(external", "| external |", "[external]", "(third-party"];

/// How hosts begin that stand for the service itself.
const OWN_HOSTS: [&str; 9] =
    ["localhost", "127.", "0.0.0.0", "[::1]", "example.", "api.example.", "your", "{", "<"];

/// How hosts end that nobody has (RFC 6761), and the one that authors invent.
const NOBODYS: [&str; 6] = [".example", ".test", ".invalid", ".localhost", ".local", ".tld"];

impl Document {
    /// Whether another service answers `endpoint`: a host stands in front of its path or of
    /// its base path, or its row
    /// or its section says so. An example's host is nobody else's.
    pub fn is_external(&self, endpoint: &Endpoint) -> bool {
        let base = endpoint.base.as_ref().map_or("", |base| self.source.slice(base.span));
        has_foreign_host(self.source.slice(endpoint.span))
            || has_foreign_host(base)
            || is_labelled(self.source.slice(endpoint.statement))
            || self.is_among_others(endpoint)
    }

    fn is_among_others(&self, endpoint: &Endpoint) -> bool {
        let at = endpoint.span.start;
        let holds = |span: groundplan_syntax::Span| span.start <= at && at < span.end;
        self.sections.iter().filter(|section| holds(section.span)).any(|section| {
            let title = section.title.text.to_lowercase();
            let title = title.trim_start_matches(|it: char| !it.is_alphabetic());
            section.level > 1 && SECTIONS.iter().any(|it| title.starts_with(it))
        })
    }
}

fn has_foreign_host(text: &str) -> bool {
    // An address behind the path is a parameter of it.
    let Some((before, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or("");
    let is_own = OWN_HOSTS.iter().any(|own| host.starts_with(own))
        || NOBODYS.iter().any(|end| host.ends_with(end));
    !before.contains('/') && !is_own
}

fn is_labelled(statement: &str) -> bool {
    let text = statement.to_lowercase();
    LABELS.iter().any(|label| text.contains(label))
}
