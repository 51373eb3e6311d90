//! One count for all replicas.

use std::sync::Arc;

use super::Left;
use crate::shared::{Redis, Reply, digest};

/// Counts a request where the limit allows it, in a window that begins with its first request.
const SCRIPT: &[u8] = b"local used = tonumber(redis.call('GET', KEYS[1]) or '0') \
    local allowed = 0 \
    if used < tonumber(ARGV[1]) then \
      allowed = 1 \
      used = redis.call('INCR', KEYS[1]) \
      if used == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end \
    end \
    return {allowed, used, redis.call('PTTL', KEYS[1])}";

/// Where counts are kept for all replicas of a service.
pub(crate) struct Together {
    redis: Arc<Redis>,
    /// What the service's keys begin with.
    prefix: String,
}

impl Together {
    /// For the service of this title.
    pub(crate) fn new(redis: Arc<Redis>, title: &str) -> Self {
        Self { redis, prefix: format!("groundplan:limit:{}:", digest([title])) }
    }

    /// Counts a request of `caller`; `None` where the server does not answer.
    pub(super) async fn count(&self, limit: u64, window_s: u64, caller: &str) -> Option<Left> {
        let key = format!("{}{window_s}:{caller}", self.prefix);
        let (most, window_ms) = (limit.to_string(), window_s.saturating_mul(1000).to_string());
        let command: [&[u8]; 6] =
            [b"EVAL", SCRIPT, b"1", key.as_bytes(), most.as_bytes(), window_ms.as_bytes()];
        let Reply::Array(items) = self.redis.ask(&command).await? else { return None };
        let [Reply::Integer(allowed), Reply::Integer(used), Reply::Integer(left_ms)] =
            items.as_slice()
        else {
            return None;
        };
        let used = u64::try_from(*used).ok()?;
        let reset_s = u64::try_from(*left_ms).unwrap_or(0).div_ceil(1000).max(1);
        Some(Left { requests: limit.saturating_sub(used), reset_s, allowed: *allowed == 1 })
    }
}
