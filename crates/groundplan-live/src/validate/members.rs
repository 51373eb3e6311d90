//! A JSON object's members, sorted by the names that are known.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use crate::refused::Refused;

/// Unknown members that are remembered, and the length to which their names are cut.
const UNKNOWN: usize = 32;
const NAME_CHARS: usize = 64;

/// What an object holds.
#[derive(Debug)]
pub(super) struct Members {
    /// The value of each known name, in that order. Of several, the last.
    pub(super) values: Vec<Option<Value>>,
    /// Other names.
    pub(super) unknown: Vec<String>,
}

/// Reads a whole JSON text that must be an object.
pub(super) fn read(body: &[u8], names: &[&str]) -> Result<Members, Refused> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let members = Names(names).deserialize(&mut deserializer);
    let whole = members.and_then(|members| deserializer.end().map(|()| members));
    whole.map_err(|error| Refused::malformed(&error))
}

struct Names<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = Members;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members { values: vec![None; self.0.len()], unknown: Vec::new() };
        while let Some(key) = map.next_key_seed(KeyOf(self.0))? {
            match key {
                Ok(index) => {
                    let value = map.next_value()?;
                    if let Some(place) = members.values.get_mut(index) {
                        *place = Some(value);
                    }
                }
                Err(name) => {
                    map.next_value::<IgnoredAny>()?;
                    if members.unknown.len() < UNKNOWN && !members.unknown.contains(&name) {
                        members.unknown.push(name);
                    }
                }
            }
        }
        Ok(members)
    }
}

/// A name's position, or the name itself where it is not known.
struct KeyOf<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for KeyOf<'_> {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyOf<'_> {
    type Value = Result<usize, String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let index = self.0.iter().position(|known| *known == name);
        Ok(index.ok_or_else(|| name.chars().take(NAME_CHARS).collect()))
    }
}
