//! Answers on a Valkey or Redis server, for all replicas.

use std::sync::Arc;
use std::time::Duration;

use groundplan_model::service::ServicePlan;

use super::Wanted;
use super::kept::Kept;
use super::local::Marks;
use crate::shared::{MARK_S, Redis, Reply, digest, fresh_mark};

/// The values of the marks (those that are not there get the one offered) and the answer.
const FIND: &[u8] = b"local found = {} \
    for at = 1, #KEYS - 1 do \
      local value = redis.call('GET', KEYS[at]) \
      if not value then \
        value = ARGV[1] \
        redis.call('SET', KEYS[at], value, 'EX', ARGV[2]) \
      end \
      found[at] = value \
    end \
    found[#KEYS] = redis.call('GET', KEYS[#KEYS]) \
    return found";

/// Answers on a server.
pub(super) struct Remote {
    redis: Arc<Redis>,
    /// What keys of answers begin with: other versions of the document have others.
    answers: String,
    /// What marks begin with: a replica with another version changes the same rows.
    marks: String,
}

impl Remote {
    pub(super) fn new(plan: &ServicePlan, redis: Arc<Redis>) -> Self {
        let service = digest([plan.title.as_str()]);
        let version = digest([plan.source.text()]);
        Self {
            redis,
            answers: format!("groundplan:answer:{service}:{version}:"),
            marks: format!("groundplan:mark:{service}:"),
        }
    }

    /// The answer that is wanted, and the values of its marks now; no values where the server does
    /// not answer.
    pub(super) async fn find(&self, wanted: &Wanted) -> (Option<Marks>, Option<Kept>) {
        let [own, all] = wanted.marks.each_ref().map(|mark| self.mark(mark));
        let (key, fresh) = (self.key(&wanted.key), fresh_mark());
        let keys = [own.as_bytes(), all.as_bytes(), key.as_bytes()];
        let [own, all, key] = keys;
        let command: [&[u8]; 8] = [b"EVAL", FIND, b"3", own, all, key, fresh.as_bytes(), MARK_S];
        let Some(Reply::Array(found)) = self.redis.ask(&command).await else { return (None, None) };
        let mut found = found.into_iter();
        let (Some(Reply::Bytes(own)), Some(Reply::Bytes(all))) = (found.next(), found.next())
        else {
            return (None, None);
        };
        let marks = [own, all].map(|it| String::from_utf8_lossy(&it).into_owned());
        let kept = match found.next() {
            Some(Reply::Bytes(bytes)) => holding(&marks, &bytes),
            _ => None,
        };
        (Some(marks), kept)
    }

    pub(super) async fn keep(&self, key: &str, marks: &Marks, kept: &Kept, ttl: Duration) {
        let mut bytes = head(marks).into_bytes();
        kept.write(&mut bytes);
        let (key, ttl_s) = (self.key(key), ttl.as_secs().max(1).to_string());
        self.redis.ask(&[b"SET", key.as_bytes(), &bytes, b"EX", ttl_s.as_bytes()]).await;
    }

    pub(super) async fn renew(&self, mark: &str) {
        self.redis.renew(&self.mark(mark)).await;
    }

    fn mark(&self, mark: &str) -> String {
        format!("{}{mark}", self.marks)
    }

    fn key(&self, key: &str) -> String {
        format!("{}{key}", self.answers)
    }
}

/// The answer in `bytes`, where it was read while the marks were what they are.
fn holding(marks: &Marks, bytes: &[u8]) -> Option<Kept> {
    Kept::read(bytes.strip_prefix(head(marks).as_bytes())?)
}

/// What an answer's bytes begin with.
fn head([own, all]: &Marks) -> String {
    format!("{own} {all}\n")
}
