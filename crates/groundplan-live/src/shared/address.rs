//! Where a Valkey or Redis server is: `redis://user:password@host:port/database`, and `rediss://…`
//! with TLS.

use std::borrow::Cow;

use crate::service::StartError;

#[cfg(test)]
mod tests;

/// The port where none is named.
const PORT: u16 = 6379;

/// Where a server is, and as whom to speak to it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) database: u32,
    /// Whether the server is spoken to by TLS.
    pub(super) is_secret: bool,
}

impl Address {
    pub(crate) fn read(url: &str) -> Result<Self, StartError> {
        read(url).map_err(|reason| StartError::Cache { reason: reason.to_owned() })
    }

    /// Without user and password.
    pub(crate) fn shown(&self) -> String {
        format!("{}:{}/{}", self.host, self.port, self.database)
    }
}

fn read(url: &str) -> Result<Address, &'static str> {
    let (scheme, rest) = url.split_once("://").ok_or("it has no scheme")?;
    let is_secret = matches!(scheme, "rediss" | "valkeys");
    if !is_secret && !matches!(scheme, "redis" | "valkey") {
        return Err("its scheme is none of redis, rediss, valkey and valkeys");
    }
    let (rest, _) = rest.split_once('?').unwrap_or((rest, ""));
    let (place, database) = rest.split_once('/').unwrap_or((rest, ""));
    let (login, place) = place.rsplit_once('@').unwrap_or(("", place));
    let (host, port) = host_and_port(place)?;
    let (user, password) = login.split_once(':').unwrap_or(("", login));
    let some = |text: &str| (!text.is_empty()).then(|| decoded(text));
    Ok(Address {
        host: host.to_owned(),
        port,
        user: some(user),
        password: some(password),
        database: if database.is_empty() { Ok(0) } else { database.parse() }
            .map_err(|_| "its database is not a number")?,
        is_secret,
    })
}

fn host_and_port(place: &str) -> Result<(&str, u16), &'static str> {
    let bracketed = place.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, port) = match bracketed {
        Some((host, rest)) => (host, rest.strip_prefix(':').unwrap_or("")),
        None => place.split_once(':').unwrap_or((place, "")),
    };
    let host = if host.is_empty() { "127.0.0.1" } else { host };
    let port = if port.is_empty() { Ok(PORT) } else { port.parse() };
    Ok((host, port.map_err(|_| "its port is not a number")?))
}

/// Percent signs of passwords (RFC 3986, 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    Cow::into_owned(String::from_utf8_lossy(&bytes))
}
