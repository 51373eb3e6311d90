//! `groundplan token`: a bearer token for the running service.

use std::path::PathBuf;

use groundplan_live::{AuthOptions, TokenClaims, mint_claims};

use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::disk::{State, fresh_key};
use crate::exit::{Exit, Failure};
use crate::serve::{SUBJECT, dev_token, now_s};
use crate::service::quiet_service;

/// Print a token that the service of `run` accepts
///
/// Made with the development key in `.groundplan/` beside the documents. Standard output holds the
/// token alone. Each subject sees its own rows where the document says so. Audience and issuer are
/// the document's, where it states some.
#[derive(clap::Parser)]
#[command(name = "token")]
pub(crate) struct Token {
    /// The document or folder that `run` was given
    #[arg(value_name = "FILE")]
    target: PathBuf,

    /// The caller that the token names
    #[arg(long, value_name = "NAME", default_value = SUBJECT, value_parser = word)]
    subject: String,

    /// What the caller may do; several with several options
    #[arg(long = "role", value_name = "NAME", value_parser = word)]
    roles: Vec<String>,

    /// The caller's tenant [default: `demo`, where the document has tenants]
    #[arg(long, value_name = "NAME", value_parser = word)]
    tenant: Option<String>,

    /// How long it holds: 90s, 15m, 1h, 7d; with a minus, how long ago it ran out
    #[arg(
        long,
        value_name = "TIME",
        default_value = "1h",
        value_parser = duration_s,
        allow_hyphen_values = true
    )]
    ttl: i64,

    /// Whom the token is for [default: the audience that the document states]
    #[arg(long, value_name = "NAME", env = "GROUNDPLAN_AUDIENCE")]
    audience: Option<String>,

    /// Who made the token [default: the issuer that the document states]
    #[arg(long, value_name = "NAME", env = "GROUNDPLAN_ISSUER")]
    issuer: Option<String>,

    /// What is wrong with it, to see it refused
    #[arg(long, value_name = "KIND", default_value = "valid")]
    kind: Kind,

    /// Make one that ran out an hour ago: `--kind expired`
    #[arg(long, conflicts_with_all = ["ttl", "kind"])]
    expired: bool,

    /// How it is signed
    #[arg(long, value_name = "NAME", default_value = "HS256")]
    alg: Algorithm,
}

/// A token that holds, or does not for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    /// Holds.
    Valid,
    /// Ran out an hour ago.
    Expired,
    /// Is for somebody else.
    WrongAudience,
    /// Is signed with a key that nobody knows.
    WrongKey,
    /// Is of another tenant.
    OtherTenant,
}

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Algorithm {
    /// With the secret.
    #[value(name = "HS256")]
    Hs256,
    /// With the key pair; `/.well-known/jwks.json` of the service has its public half.
    #[value(name = "ES256")]
    Es256,
}

impl Run for Token {
    const EXAMPLES: &[(&str, &str)] = &[
        ("token design.md", "for `developer`, one hour"),
        ("token design.md --subject alice --role admin --ttl 7d", "for somebody else"),
        ("token design.md --kind wrong-audience", "one that must be refused"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        crate::disk::find(std::slice::from_ref(&self.target), None, &Configs::default())?;
        let key = match self.kind {
            Kind::WrongKey => fresh_key()?,
            _ => State::of(&self.target).key()?,
        };
        let token = mint_claims(&key, &self.claims()?);
        ui.print(&format!("{token}\n"))?;
        Ok(Exit::Clean)
    }
}

impl Token {
    fn claims(&self) -> Result<TokenClaims, Failure> {
        const ELSEWHERE: &str = "somebody-else";
        let (audience, issuer) = (self.audience.clone(), self.issuer.clone());
        let options = AuthOptions { audience, issuer, ..AuthOptions::default() };
        // A token is made for any document, also for one whose service cannot be told.
        let plan = quiet_service(&self.target);
        let usual = plan.map(|plan| dev_token::claims(&plan, &options)).unwrap_or_default();
        let is = |kind: Kind| self.kind == kind;
        let ttl = if self.expired || is(Kind::Expired) { -3600 } else { self.ttl };
        let elsewhere = |stated: Option<String>, wrong: bool| {
            if wrong { Some(ELSEWHERE.to_owned()) } else { stated }
        };
        let audience = options.audience.or(usual.audience);
        let tenant = self.tenant.clone().or(usual.tenant);
        Ok(TokenClaims {
            subject: self.subject.clone(),
            expires_at_s: now_s().saturating_add(ttl),
            roles: self.roles.clone(),
            tenant: elsewhere(tenant, is(Kind::OtherTenant)),
            audience: elsewhere(audience, is(Kind::WrongAudience)),
            issuer: options.issuer.or(usual.issuer),
            session: None,
            key_pair: self.alg == Algorithm::Es256,
        })
    }
}

fn word(name: &str) -> Result<String, String> {
    match name.trim() {
        "" => Err("a token names its caller".to_owned()),
        name => Ok(name.to_owned()),
    }
}

fn duration_s(text: &str) -> Result<i64, String> {
    let wrong = || "write a number and a unit: 90s, 15m, 1h or 7d".to_owned();
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let digits = text.trim_end_matches(|it: char| !it.is_ascii_digit());
    let unit_s = match text.get(digits.len()..) {
        Some("s" | "") => sign,
        Some("m") => sign * 60,
        Some("h") => sign * 60 * 60,
        Some("d") => sign * 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    let count: i64 = digits.parse().map_err(|_| wrong())?;
    count.checked_mul(unit_s).ok_or_else(wrong)
}
