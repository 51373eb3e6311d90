//! Which proof of a request holds, and whom it names.

use groundplan_model::service::{Auth, Refusal, Scheme};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HOST};
use http::request::Parts;
use jiff::Timestamp;
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation};
use serde_json::{Value, json};

use super::api_key::ApiKeys;
use super::claims::{self, Claims};
use super::jwks::{Jwks, JwksError};
use super::key::OwnKey;
use super::known::Known;
use super::{AuthOptions, TokenClaims, sessions};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::Store;

/// How far clocks may differ.
const LEEWAY_S: u64 = 5;

/// Another replica that ends a session is noticed after this time.
const SESSION_S: i64 = 30;

/// Longer tokens are refused before anything is done with them.
const TOKEN_BYTES: usize = 8 * 1024;

/// Checks proofs.
pub(crate) struct Verifier {
    own: OwnKey,
    /// Whether the service's own key makes tokens that hold.
    trusts_own: bool,
    /// Whether there is a table of sessions.
    keeps_sessions: bool,
    jwks: Option<Jwks>,
    api_keys: ApiKeys,
    schemes: Vec<Scheme>,
    audience: Option<String>,
    issuer: Option<String>,
    validations: [(Algorithm, Validation); 3],
    known: Known,
}

impl Verifier {
    /// What lets callers of a service in; `key` is the service's own.
    pub(crate) async fn open(
        auth: &Auth,
        key: &[u8],
        options: &AuthOptions,
    ) -> Result<Self, JwksError> {
        let jwks = match &options.jwks {
            Some(source) => Some(Jwks::open(source.clone()).await?),
            None => None,
        };
        let audience = options.audience.clone().or_else(|| auth.audience.clone());
        let issuer = options.issuer.clone().or_else(|| auth.issuer.clone());
        let validation =
            |algorithm| (algorithm, validation(algorithm, audience.as_deref(), issuer.as_deref()));
        Ok(Self {
            own: OwnKey::new(key),
            trusts_own: jwks.is_none() || auth.accounts.is_some(),
            keeps_sessions: auth.accounts.is_some(),
            jwks,
            api_keys: ApiKeys::new(&options.api_keys),
            schemes: auth.schemes.clone(),
            validations: [Algorithm::HS256, Algorithm::ES256, Algorithm::RS256].map(validation),
            audience,
            issuer,
            known: Known::default(),
        })
    }

    /// The caller that the request's proof names.
    pub(crate) async fn caller(
        &self,
        headers: &HeaderMap,
        store: &Store,
    ) -> Result<Caller, Refused> {
        let Some(proof) = self.proof(headers) else { return Err(self.missing()) };
        if let Some(caller) = self.known.caller(proof.text, Timestamp::now().as_second()) {
            return Ok(caller);
        }
        if let Some(caller) = proof.is_key.then(|| self.api_keys.caller(proof.text)).flatten() {
            return Ok(caller);
        }
        Box::pin(self.check(proof.text, store)).await
    }

    /// A token of the service's own, with the audience and issuer that it asks for.
    pub(crate) fn sign(&self, claims: TokenClaims) -> String {
        let (audience, issuer) = (self.audience.clone(), self.issuer.clone());
        self.own.sign(&TokenClaims { audience, issuer, ..claims })
    }

    /// Forgets tokens that were let in: a session has ended.
    pub(crate) fn forget(&self) {
        self.known.forget();
    }

    /// The session that a token of a caller who was let in belongs to.
    pub(crate) fn session(&self, headers: &HeaderMap) -> Option<String> {
        let proof = self.proof(headers)?;
        let claims = jsonwebtoken::dangerous::insecure_decode::<Claims>(proof.text).ok()?.claims;
        claims::session(&claims).map(str::to_owned)
    }

    /// What a service that signs its own tokens tells of itself: its public keys (RFC 7517), and
    /// where they are (OpenID Connect Discovery).
    pub(crate) fn well_known(&self, parts: &Parts) -> Option<Response> {
        if !self.trusts_own || !matches!(parts.method.as_str(), "GET" | "HEAD") {
            return None;
        }
        let body = match parts.uri.path() {
            "/.well-known/jwks.json" => self.own.jwks(),
            "/.well-known/openid-configuration" => {
                let host = parts.headers.get(HOST).and_then(|it| it.to_str().ok());
                discovery(self.issuer.as_deref(), host.unwrap_or("localhost"))
            }
            _ => return None,
        };
        Some(answer::json(200, body.to_string().into_bytes()))
    }

    /// What a request without proof is asked for (RFC 9110, section 11.6.1).
    pub(crate) fn challenge(&self) -> &'static str {
        if self.schemes.contains(&Scheme::Bearer) { "Bearer" } else { "ApiKey" }
    }

    #[cfg(test)]
    pub(super) fn remembers(&self, token: &str) -> bool {
        self.known.caller(token, Timestamp::now().as_second()).is_some()
    }

    #[cfg(test)]
    pub(super) fn public_keys(&self) -> Value {
        self.own.jwks()
    }

    async fn check(&self, token: &str, store: &Store) -> Result<Caller, Refused> {
        let header = header(token)?;
        if let Some(jwks) = &self.jwks {
            let missing = jwks.find(header.kid.as_deref(), header.alg).is_empty();
            if jwks.refresh(missing).await {
                self.known.forget();
            }
        }
        let claims = self.claims(token, &header)?;
        let caller = claims::caller(&claims);
        let caller = caller.ok_or_else(|| refused("the token's `sub` does not name a caller"))?;
        let mut until_s = claims::expires(&claims);
        if let Some(session) = claims::session(&claims).filter(|_| self.keeps_sessions) {
            if !sessions::is_open(store, session).await? {
                return Err(refused("the session of the token has ended; sign in again"));
            }
            until_s = until_s.min(Timestamp::now().as_second() + SESSION_S);
        }
        self.known.remember(token, &caller, until_s);
        Ok(caller)
    }

    /// The claims of a token that one of the keys signed.
    fn claims(&self, token: &str, header: &Header) -> Result<Claims, Refused> {
        let validation = self.validations.iter().find(|(algorithm, _)| *algorithm == header.alg);
        let (_, validation) = validation
            .ok_or_else(|| refused("the token is not signed with HS256, ES256 or RS256"))?;
        let mut error = None;
        for key in self.keys(header) {
            match jsonwebtoken::decode::<Claims>(token, &key, validation) {
                Ok(data) => return Ok(data.claims),
                Err(other) => error = error.or(Some(other)),
            }
        }
        Err(error
            .map_or_else(|| refused("the token was signed with an unknown key"), |it| invalid(&it)))
    }

    /// The keys that may have signed a token with this header. A key is for one algorithm: what a
    /// header says never makes a public key a secret.
    fn keys(&self, header: &Header) -> Vec<DecodingKey> {
        let own = self.own.check(header.alg).filter(|_| self.trusts_own).cloned();
        let foreign = self.jwks.as_ref().filter(|_| header.alg != Algorithm::HS256);
        let foreign = foreign.map(|it| it.find(header.kid.as_deref(), header.alg));
        own.into_iter().chain(foreign.unwrap_or_default()).collect()
    }

    fn proof<'h>(&self, headers: &'h HeaderMap) -> Option<Proof<'h>> {
        let mut found = self.schemes.iter().filter_map(|scheme| match scheme {
            Scheme::Bearer => bearer(headers).map(|text| Proof { text, is_key: false }),
            Scheme::ApiKey(name) => {
                let text = headers.get(name.as_str())?.to_str().ok()?.trim();
                (!text.is_empty()).then_some(Proof { text, is_key: true })
            }
        });
        found.next()
    }

    fn missing(&self) -> Refused {
        let message = match self.schemes.first() {
            Some(Scheme::ApiKey(name)) => format!("the request has no API key; send `{name}: KEY`"),
            _ => "the request has no bearer token; send `Authorization: Bearer TOKEN`".to_owned(),
        };
        Refused::new(Refusal::Unauthenticated, message)
    }
}

fn discovery(issuer: Option<&str>, host: &str) -> Value {
    let base = format!("http://{host}");
    json!({
        "issuer": issuer.unwrap_or(&base),
        "jwks_uri": format!("{base}/.well-known/jwks.json"),
        "id_token_signing_alg_values_supported": ["ES256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["token"],
    })
}

/// What a request proves itself with.
struct Proof<'h> {
    text: &'h str,
    is_key: bool,
}

fn validation(algorithm: Algorithm, audience: Option<&str>, issuer: Option<&str>) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.leeway = LEEWAY_S;
    validation.validate_nbf = true;
    let mut required = vec!["exp", "sub"];
    // Where nobody says for whom tokens are, they may be for anybody.
    validation.validate_aud = audience.is_some();
    if let Some(audience) = audience {
        validation.set_audience(&[audience]);
        required.push("aud");
    }
    if let Some(issuer) = issuer {
        validation.set_issuer(&[issuer]);
        required.push("iss");
    }
    validation.set_required_spec_claims(&required);
    validation
}

fn header(token: &str) -> Result<Header, Refused> {
    if token.len() > TOKEN_BYTES {
        return Err(refused("the token is too long to be one of ours"));
    }
    jsonwebtoken::decode_header(token).map_err(|error| invalid(&error))
}

/// The token of `Bearer TOKEN`; the scheme's case does not matter.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn invalid(error: &Error) -> Refused {
    refused(match error.kind() {
        ErrorKind::ExpiredSignature => "the token has expired; get a new one",
        ErrorKind::ImmatureSignature => "the token does not hold yet",
        ErrorKind::InvalidSignature => "the token was signed with another key",
        ErrorKind::InvalidAlgorithm => "the token is not signed with HS256, ES256 or RS256",
        ErrorKind::InvalidAudience => "the token is for another audience",
        ErrorKind::InvalidIssuer => "the token is from another issuer",
        ErrorKind::MissingRequiredClaim(_) => {
            "the token lacks `exp`, `sub`, or a claim that is asked for"
        }
        _ => "the token is not a JSON Web Token that holds",
    })
}

pub(super) fn refused(message: &'static str) -> Refused {
    Refused { invalid_token: true, ..Refused::new(Refusal::Unauthenticated, message) }
}
