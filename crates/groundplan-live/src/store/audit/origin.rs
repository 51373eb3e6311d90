//! Who asks for a write, and by which request.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::ORIGIN;
use crate::caller::Caller;
use crate::value::write_time;

/// Who asks for a write.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    subject: Option<Arc<str>>,
    tenant: Option<Arc<str>>,
    roles: Arc<[String]>,
    method: String,
    path: String,
    request_id: Option<String>,
}

/// The origin of one write with its time: a text for each of [`ORIGIN`].
#[derive(Clone, Debug)]
pub(crate) struct Stamp([Option<String>; ORIGIN.len()]);

impl Origin {
    /// A request of `caller`; `path` is the document's pattern.
    pub(crate) fn request(
        caller: &Caller,
        method: &str,
        path: &str,
        request_id: Option<&str>,
    ) -> Self {
        Self {
            subject: Some(Arc::clone(&caller.subject)),
            tenant: caller.tenant.clone(),
            roles: Arc::clone(&caller.roles),
            method: method.to_owned(),
            path: path.to_owned(),
            request_id: request_id.map(str::to_owned),
        }
    }

    /// A job of the service's own, whom nobody asked.
    pub(crate) fn job(name: &str) -> Self {
        Self {
            subject: None,
            tenant: None,
            roles: Arc::default(),
            method: "JOB".to_owned(),
            path: name.to_owned(),
            request_id: None,
        }
    }

    /// It, now.
    pub(crate) fn stamp(&self) -> Stamp {
        let text = |it: &Option<Arc<str>>| it.as_deref().map(str::to_owned);
        let roles = Value::from(self.roles.to_vec()).to_string();
        Stamp([
            Some(write_time(Timestamp::now())),
            text(&self.subject),
            text(&self.tenant),
            Some(roles).filter(|_| self.subject.is_some()),
            Some(self.method.clone()),
            Some(self.path.clone()),
            self.request_id.clone(),
        ])
    }
}

impl Stamp {
    /// The text at `index` of [`ORIGIN`].
    pub(in crate::store) fn text(&self, index: usize) -> Option<&str> {
        self.0.get(index)?.as_deref()
    }

    /// An object of those that are there.
    pub(in crate::store) fn json(&self) -> String {
        let members = ORIGIN.iter().zip(&self.0);
        let members =
            members.filter_map(|(name, text)| Some(((*name).to_owned(), text.as_deref()?.into())));
        Value::Object(members.collect::<Map<String, Value>>()).to_string()
    }
}
