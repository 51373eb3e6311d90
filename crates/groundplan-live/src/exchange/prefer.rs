//! What a client would like (RFC 7240), and what of it was done.

use http::{HeaderMap, HeaderName, HeaderValue};

#[cfg(test)]
mod tests;

static PREFER: HeaderName = HeaderName::from_static("prefer");
static APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// The preferences of one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prefer {
    /// Whether the answer to a write has a body; `None` where the client does not care.
    pub(crate) body: Option<Body>,
    /// What is done about parameters that nobody knows.
    pub(crate) handling: Option<Handling>,
    /// Whether a list says how many rows there are in all.
    pub(crate) exact_count: bool,
}

/// `return=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// None.
    Minimal,
    /// The row.
    Representation,
}

/// `handling=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handling {
    /// They are passed over.
    Lenient,
    /// They are refused.
    Strict,
}

impl Prefer {
    /// What the headers ask for. Of two preferences of one name the first counts, and unknown ones
    /// are passed over, as the RFC has it.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        for value in headers.get_all(&PREFER) {
            let members = value.to_str().unwrap_or_default().split(',');
            members.for_each(|member| prefer.read(member));
        }
        prefer
    }

    /// Whether parameters that nobody knows are passed over.
    pub(crate) fn is_lenient(self) -> bool {
        self.handling == Some(Handling::Lenient)
    }

    fn read(&mut self, member: &str) {
        let text = member.split(';').next().unwrap_or_default();
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"'));
        match (name.as_str(), value) {
            ("return", "minimal") => self.body = self.body.or(Some(Body::Minimal)),
            ("return", "representation") => self.body = self.body.or(Some(Body::Representation)),
            ("handling", "lenient") => self.handling = self.handling.or(Some(Handling::Lenient)),
            ("handling", "strict") => self.handling = self.handling.or(Some(Handling::Strict)),
            ("count", "exact") => self.exact_count = true,
            _ => {}
        }
    }
}

/// Says that `preference` was followed.
pub(crate) fn applied(headers: &mut HeaderMap, preference: &'static str) {
    headers.append(APPLIED.clone(), HeaderValue::from_static(preference));
}
