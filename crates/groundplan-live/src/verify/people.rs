//! Who makes the requests: callers that nobody used before, or the one of a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use groundplan_model::ServicePlan;
use groundplan_model::case::Caller;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Auth, Route, Scheme};
use jiff::Timestamp;
use serde_json::Value;

use super::VerifyOptions;
use crate::{TokenClaims, mint_claims};

/// How long minted tokens hold, and how long ago expired ones did: more than clocks differ.
const HOUR_S: i64 = 3600;

/// A key that no service has: made of what nobody would choose.
const WRONG_KEY: &[u8] = b"groundplan verify signs with this key to see it refused";

/// All that is known about callers.
pub(super) struct People {
    /// The header for proofs; `None` where nobody asks for one.
    header: Option<Proof>,
    key: Option<Vec<u8>>,
    token: Option<String>,
    tag: String,
    form: Form,
    tenants: Form,
    audience: Option<String>,
    issuer: Option<String>,
}

/// A header, and what stands before the token in it.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub(super) name: String,
    pub(super) scheme: &'static str,
}

fn header(auth: &Auth) -> Proof {
    match auth.schemes.first() {
        Some(Scheme::ApiKey(name)) => Proof { name: name.clone(), scheme: "" },
        _ => Proof { name: "Authorization".to_owned(), scheme: "Bearer " },
    }
}

/// What the column of owners, or of tenants, takes.
#[derive(Clone, Copy)]
enum Form {
    Word,
    Uuid,
    Number,
}

impl People {
    pub(super) fn new(plan: &ServicePlan, options: &VerifyOptions, tag: &str) -> Self {
        let (key, token) = (options.key.clone(), options.token.clone());
        let auth = plan.auth.as_ref();
        let owners = plan.resources.iter().filter_map(|it| it.column(it.owner?));
        let tenants = plan.resources.iter().filter_map(|it| it.column(it.tenant?));
        Self {
            header: auth.map(header),
            key,
            token,
            tag: tag.to_owned(),
            form: form(owners),
            tenants: form(tenants),
            audience: auth.and_then(|it| it.audience.clone()),
            issuer: auth.and_then(|it| it.issuer.clone()),
        }
    }

    /// Whether each case has callers of its own.
    pub(super) fn are_fresh(&self) -> bool {
        self.header.is_some() && self.key.is_some()
    }

    /// The header that carries proofs.
    pub(super) fn header(&self) -> Option<&Proof> {
        self.header.as_ref()
    }

    /// The proof of a request to `route`, `None` for none; or why there cannot be one.
    pub(super) fn proof(
        &self,
        caller: Caller,
        case: usize,
        route: Option<&Route>,
    ) -> Result<Option<String>, String> {
        if self.header.is_none() {
            return Ok(None);
        }
        let usual = route.and_then(|it| it.access.usual_role());
        let claims = |nth| self.claims(case, nth, usual);
        let token = match caller {
            Caller::Nobody | Caller::Token(_) => return Ok(None),
            Caller::Garbage => "not-a-token".to_owned(),
            Caller::WrongKey => mint_claims(WRONG_KEY, &claims(0)),
            Caller::Nth(nth) => self.token(nth, &claims(nth))?,
            Caller::Expired => {
                self.sign(&TokenClaims { expires_at_s: now() - HOUR_S, ..claims(0) })?
            }
            Caller::WrongAudience => {
                let audience = Some("groundplan-verify-elsewhere".to_owned());
                self.sign(&TokenClaims { audience, ..claims(0) })?
            }
            Caller::WithoutRole => self.sign(&TokenClaims { roles: Vec::new(), ..claims(0) })?,
            Caller::OtherTenant => {
                let tenant = Some(self.tenants.name(&self.tag, case, 1));
                self.sign(&TokenClaims { tenant, ..claims(0) })?
            }
            Caller::NoTenant => self.sign(&TokenClaims { tenant: None, ..claims(0) })?,
            Caller::SeesDeleted => {
                let deleted = route.and_then(|it| it.query.deleted.as_ref());
                let roles = deleted.map(|it| it.roles.clone()).unwrap_or_default();
                let roles = roles.into_iter().chain(usual.map(str::to_owned)).collect();
                self.sign(&TokenClaims { roles, ..claims(0) })?
            }
            Caller::SeesAll => {
                let roles = route.map(|it| it.access.sees_all.clone()).unwrap_or_default();
                let roles = roles.into_iter().chain(usual.map(str::to_owned)).collect();
                self.sign(&TokenClaims { roles, ..claims(1) })?
            }
        };
        Ok(Some(token))
    }

    fn claims(&self, case: usize, nth: usize, role: Option<&str>) -> TokenClaims {
        TokenClaims {
            roles: role.map(str::to_owned).into_iter().collect(),
            tenant: Some(self.tenants.name(&self.tag, case, 0)),
            audience: self.audience.clone(),
            issuer: self.issuer.clone(),
            ..TokenClaims::of(&self.subject(case, nth), now() + HOUR_S)
        }
    }

    fn sign(&self, claims: &TokenClaims) -> Result<String, String> {
        let key = self.key.as_ref().ok_or("a token of this kind needs the signing key")?;
        Ok(mint_claims(key, claims))
    }

    fn token(&self, nth: usize, claims: &TokenClaims) -> Result<String, String> {
        if let Some(key) = &self.key {
            return Ok(mint_claims(key, claims));
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
        let token = self.token.as_ref().filter(|_| self.header.is_some() && nth == 0)?;
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
        let claims: Value = serde_json::from_slice(&bytes).ok()?;
        Some(claims.get("sub")?.as_str()?.to_owned())
    }

    fn subject(&self, case: usize, nth: usize) -> String {
        self.form.name(&self.tag, case, nth)
    }
}

impl Form {
    /// A name that no other run, case or caller has.
    fn name(self, tag: &str, case: usize, nth: usize) -> String {
        let number = u64::from_str_radix(tag, 36).unwrap_or(0);
        match self {
            Self::Word => format!("verify-{tag}-{case}-{nth}"),
            Self::Uuid => {
                let (high, low) = ((number >> 16) & 0xffff_ffff, number & 0xffff);
                format!("{high:08x}-{low:04x}-4{nth:03x}-8000-{case:012x}")
            }
            Self::Number => {
                let case = u64::try_from(case * 8 + nth % 8).unwrap_or(0);
                ((number / 1_000_000 * 10_000 + case) % 2_000_000_000 + 1).to_string()
            }
        }
    }
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

fn form<'p>(mut columns: impl Iterator<Item = &'p Column>) -> Form {
    match columns.next().map(|column| &column.ty) {
        Some(ColumnType::Uuid) => Form::Uuid,
        Some(ColumnType::Integer { .. }) => Form::Number,
        _ => Form::Word,
    }
}
