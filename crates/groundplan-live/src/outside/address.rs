//! Where a service is: `https://catalog.example/v1`.

use http::{HeaderValue, Uri};

#[cfg(test)]
mod tests;

/// Where a service is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) is_tls: bool,
    /// The path that all others stand below; without a slash at its end.
    prefix: String,
}

impl Address {
    /// The address that `url` names.
    pub(crate) fn read(url: &str) -> Result<Self, String> {
        let uri: Uri = url.parse().map_err(|error| format!("it is no address: {error}"))?;
        let is_tls = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err("it does not begin with http:// or https://".to_owned()),
        };
        if uri.query().is_some() {
            return Err("it has a query; name the path that all others stand below".to_owned());
        }
        let authority = uri.authority().ok_or("it names no host")?;
        // Whoever may see the configuration would see a password, too.
        if authority.as_str().contains('@') {
            return Err("it holds a user; give secrets by the environment".to_owned());
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err("it names no host".to_owned());
        }
        let port = authority.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
        Ok(Self { host, port, is_tls, prefix: uri.path().trim_end_matches('/').to_owned() })
    }

    /// The place and the path that a whole URL names, each by itself.
    pub(crate) fn apart(url: &str) -> Result<(Self, String), String> {
        let begin = url.find("://").map_or(0, |at| at + 3);
        let end = url.get(begin..).and_then(|rest| rest.find(['/', '?']));
        let end = end.map_or(url.len(), |at| begin + at);
        let (place, path) = url.split_at(end);
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok((Self::read(place)?, format!("{slash}{path}")))
    }

    /// A path below it, as it stands in the line of a request; `path` begins with a slash.
    pub(crate) fn target(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The value of `Host`.
    pub(crate) fn host_header(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(self.authority()).ok()
    }

    /// For messages to people.
    pub(crate) fn shown(&self) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://{}{}", self.authority(), self.prefix)
    }

    fn authority(&self) -> String {
        let host = match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => self.host.clone(),
        };
        let usual = if self.is_tls { 443 } else { 80 };
        if self.port == usual { host } else { format!("{host}:{}", self.port) }
    }
}
