//! Who makes the requests: callers that nobody used before, or the one of a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use groundplan_model::ServicePlan;
use groundplan_model::case::Caller;
use groundplan_model::schema::ColumnType;
use jiff::Timestamp;
use serde_json::Value;

use super::VerifyOptions;
use crate::mint;

/// How long minted tokens hold, and how long ago expired ones did: more than clocks differ.
const HOUR_S: i64 = 3600;

/// A key that no service has: made of what nobody would choose.
const WRONG_KEY: &[u8] = b"groundplan verify signs with this key to see it refused";

/// All that is known about callers.
pub(super) struct People {
    auth: bool,
    key: Option<Vec<u8>>,
    token: Option<String>,
    tag: String,
    form: Form,
}

/// What the column of owners takes.
#[derive(Clone, Copy)]
enum Form {
    Word,
    Uuid,
    Number,
}

impl People {
    pub(super) fn new(plan: &ServicePlan, options: &VerifyOptions, tag: &str) -> Self {
        let (key, token) = (options.key.clone(), options.token.clone());
        Self { auth: plan.auth.is_some(), key, token, tag: tag.to_owned(), form: form(plan) }
    }

    /// Whether each case has callers of its own.
    pub(super) fn are_fresh(&self) -> bool {
        self.auth && self.key.is_some()
    }

    /// The value of `Authorization`, `None` for no header; or why there cannot be one.
    pub(super) fn authorization(
        &self,
        caller: Caller,
        case: usize,
    ) -> Result<Option<String>, String> {
        if !self.auth {
            return Ok(None);
        }
        let token = match caller {
            Caller::Nobody => return Ok(None),
            Caller::Garbage => "not-a-token".to_owned(),
            Caller::WrongKey => mint(WRONG_KEY, &self.subject(case, 0), now() + HOUR_S),
            Caller::Nth(nth) => self.token(case, nth)?,
            Caller::Expired => {
                let key = self.key.as_ref().ok_or("an expired token needs the signing key")?;
                mint(key, &self.subject(case, 0), now() - HOUR_S)
            }
        };
        Ok(Some(format!("Bearer {token}")))
    }

    fn token(&self, case: usize, nth: usize) -> Result<String, String> {
        if let Some(key) = &self.key {
            return Ok(mint(key, &self.subject(case, nth), now() + HOUR_S));
        }
        match (&self.token, nth) {
            (Some(token), 0) => Ok(token.clone()),
            (Some(_), _) => {
                Err("another caller needs the signing key: only one token is given".into())
            }
            (None, _) => {
                Err("the document asks for a token, and neither key nor token is given".into())
            }
        }
    }

    /// The name of the case's n-th caller, where it is known.
    pub(super) fn name(&self, case: usize, nth: usize) -> Option<String> {
        if self.are_fresh() {
            return Some(self.subject(case, nth));
        }
        let token = self.token.as_ref().filter(|_| self.auth && nth == 0)?;
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        let claims: Value = serde_json::from_slice(&bytes).ok()?;
        Some(claims.get("sub")?.as_str()?.to_owned())
    }

    fn subject(&self, case: usize, nth: usize) -> String {
        let number = u64::from_str_radix(&self.tag, 36).unwrap_or(0);
        match self.form {
            Form::Word => format!("verify-{}-{case}-{nth}", self.tag),
            Form::Uuid => {
                let (high, low) = ((number >> 16) & 0xffff_ffff, number & 0xffff);
                format!("{high:08x}-{low:04x}-4{nth:03x}-8000-{case:012x}")
            }
            Form::Number => {
                let case = u64::try_from(case * 8 + nth % 8).unwrap_or(0);
                ((number / 1_000_000 * 10_000 + case) % 2_000_000_000 + 1).to_string()
            }
        }
    }
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

fn form(plan: &ServicePlan) -> Form {
    let mut owners = plan.resources.iter().filter_map(|resource| resource.column(resource.owner?));
    match owners.next().map(|column| &column.ty) {
        Some(ColumnType::Uuid) => Form::Uuid,
        Some(ColumnType::Integer { .. }) => Form::Number,
        _ => Form::Word,
    }
}
