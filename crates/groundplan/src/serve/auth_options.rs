//! The options that decide whose proofs a service takes.

use std::path::PathBuf;

use groundplan_live::{ApiKey, AuthOptions, JwksSource};

use crate::disk::printed;
use crate::exit::Failure;

/// Whose tokens and keys hold.
#[derive(clap::Args)]
pub(crate) struct AuthArgs {
    /// The keys of your identity provider: a JSON Web Key Set in a file, or at an http(s) address
    /// [default: the development key, which `token` makes tokens with]
    #[arg(long, value_name = "FILE|URL", env = "GROUNDPLAN_JWKS")]
    jwks: Option<String>,

    /// The audience that tokens must name [default: the document's, or any]
    #[arg(long, value_name = "NAME", env = "GROUNDPLAN_AUDIENCE")]
    audience: Option<String>,

    /// The issuer that tokens must name [default: the document's, or any]
    #[arg(long, value_name = "NAME", env = "GROUNDPLAN_ISSUER")]
    issuer: Option<String>,

    /// API keys, a line each: `SHA256 SUBJECT [ROLE,ROLE [TENANT]]`
    #[arg(long, value_name = "FILE", env = "GROUNDPLAN_API_KEYS")]
    api_keys: Option<PathBuf>,
}

impl AuthArgs {
    pub(super) fn options(&self) -> Result<AuthOptions, Failure> {
        let is_url = |it: &str| it.starts_with("http://") || it.starts_with("https://");
        let jwks = self.jwks.as_ref().map(|it| match is_url(it) {
            true => JwksSource::Url(it.clone()),
            false => JwksSource::File(it.into()),
        });
        let (audience, issuer) = (self.audience.clone(), self.issuer.clone());
        Ok(AuthOptions { jwks, audience, issuer, api_keys: self.keys()? })
    }

    fn keys(&self) -> Result<Vec<ApiKey>, Failure> {
        let Some(path) = &self.api_keys else { return Ok(Vec::new()) };
        let name = printed(path);
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::io(format!("cannot read the API keys `{name}`"), &error, "check --api-keys")
        })?;
        ApiKey::read_all(&text).map_err(|error| super::failure(&error))
    }
}
