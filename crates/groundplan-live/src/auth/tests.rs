//! Which proofs hold, and whom they name.

use groundplan_model::service::{Auth, Scheme};
use groundplan_syntax::Span;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::{ApiKey, AuthOptions, JwksSource, TokenClaims, Verifier, mint, mint_claims};
use crate::caller::Caller;
use crate::fixture::memory;

const KEY: &[u8] = b"a key for tests";

fn auth(schemes: Vec<Scheme>) -> Auth {
    Auth { schemes, span: Span::default(), audience: None, issuer: None, accounts: None }
}

fn headers(name: &'static str, value: &str) -> HeaderMap {
    let value = HeaderValue::from_str(value).expect("a header value");
    HeaderMap::from_iter([(HeaderName::from_static(name), value)])
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}

fn verifier(auth: &Auth, options: &AuthOptions) -> Verifier {
    run(Verifier::open(auth, KEY, options)).expect("it opens")
}

fn caller_of(verifier: &Verifier, headers: &HeaderMap) -> Result<Caller, (String, bool)> {
    let found = run(async { verifier.caller(headers, &memory()).await });
    found.map_err(|it| (it.message.into_owned(), it.invalid_token))
}

fn caller(value: &str) -> Result<Caller, (String, bool)> {
    let verifier = verifier(&auth(vec![Scheme::Bearer]), &AuthOptions::default());
    caller_of(&verifier, &headers("authorization", value))
}

fn subject(value: &str) -> Result<String, (String, bool)> {
    caller(value).map(|it| it.subject.to_string())
}

fn in_seconds(seconds: i64) -> i64 {
    Timestamp::now().as_second() + seconds
}

fn signed(claims: &Value) -> String {
    let key = EncodingKey::from_secret(KEY);
    jsonwebtoken::encode(&Header::default(), claims, &key).expect("a token")
}

#[test]
fn a_minted_token_names_its_subject() {
    let token = mint(KEY, "ann", in_seconds(60));
    assert_eq!(subject(&format!("Bearer {token}")), Ok("ann".to_owned()));
    assert_eq!(subject(&format!("bearer {token}")), Ok("ann".to_owned()));
}

#[test]
fn a_token_says_what_its_caller_may_and_whose_tenant_they_are() {
    let claims = TokenClaims {
        roles: vec!["admin".to_owned()],
        tenant: Some("acme".to_owned()),
        ..TokenClaims::of("ann", in_seconds(60))
    };
    let found = caller(&format!("Bearer {}", mint_claims(KEY, &claims))).expect("it holds");
    assert_eq!((found.tenant.as_deref(), &*found.roles), (Some("acme"), &["admin".to_owned()][..]));
}

#[test]
fn roles_are_found_under_the_names_that_providers_use() {
    let claims = json!({
        "sub": "7", "exp": in_seconds(60), "scope": "orders:read orders:write", "org_id": 12,
        "role": "editor", "realm_access": { "roles": ["staff"] },
    });
    let found = caller(&format!("Bearer {}", signed(&claims))).expect("it holds");
    assert_eq!(*found.subject, *"7");
    assert_eq!(found.tenant.as_deref(), Some("12"));
    assert_eq!(*found.roles, ["editor", "orders:read", "orders:write", "staff"].map(str::to_owned));
}

#[test]
fn a_remembered_token_expires_all_the_same() {
    let verifier = verifier(&auth(vec![Scheme::Bearer]), &AuthOptions::default());
    let old = mint(KEY, "ann", in_seconds(-2));
    let headers = headers("authorization", &format!("Bearer {old}"));
    assert!(caller_of(&verifier, &headers).is_ok(), "within the leeway");
    assert!(!verifier.remembers(&old));
}

#[test]
fn an_expired_token_is_invalid() {
    let token = mint(KEY, "ann", in_seconds(-60));
    let refused = subject(&format!("Bearer {token}")).expect_err("expired");
    assert_eq!(refused, ("the token has expired; get a new one".to_owned(), true));
}

#[test]
fn another_key_and_another_algorithm_are_refused() {
    let foreign = mint(b"another key", "ann", in_seconds(60));
    assert!(subject(&format!("Bearer {foreign}")).is_err());
    let claims = json!({ "sub": "ann", "exp": in_seconds(60) });
    let header = Header::new(Algorithm::HS512);
    let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(KEY));
    assert!(subject(&format!("Bearer {}", token.expect("a token"))).is_err());
    // {"alg":"none"} and no signature.
    assert!(subject("Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.").is_err());
}

#[test]
fn a_token_without_expiry_or_subject_is_refused() {
    assert!(subject(&format!("Bearer {}", signed(&json!({ "sub": "ann" })))).is_err());
    assert!(subject(&format!("Bearer {}", signed(&json!({ "exp": in_seconds(9) })))).is_err());
    let empty = json!({ "sub": "", "exp": in_seconds(9) });
    assert!(subject(&format!("Bearer {}", signed(&empty))).is_err());
}

#[test]
fn a_request_without_bearer_token_is_told_apart_from_one_with_a_bad_one() {
    assert!(!subject("Basic YTpi").expect_err("no token").1);
    assert!(subject("Bearer x.y.z").expect_err("a bad token").1);
}

#[test]
fn a_stated_audience_and_issuer_are_asked_for() {
    let stated = Auth { audience: Some("orders".to_owned()), ..auth(vec![Scheme::Bearer]) };
    let options = AuthOptions { issuer: Some("us".to_owned()), ..AuthOptions::default() };
    let verifier = verifier(&stated, &options);
    let ask = |audience: Option<&str>, issuer: Option<&str>| {
        let (audience, issuer) = (audience.map(str::to_owned), issuer.map(str::to_owned));
        let claims = TokenClaims { audience, issuer, ..TokenClaims::of("ann", in_seconds(60)) };
        let token = format!("Bearer {}", mint_claims(KEY, &claims));
        caller_of(&verifier, &headers("authorization", &token)).map(|_| ()).map_err(|it| it.0)
    };
    assert_eq!(ask(Some("orders"), Some("us")), Ok(()));
    assert_eq!(ask(Some("bills"), Some("us")), Err("the token is for another audience".to_owned()));
    assert_eq!(
        ask(Some("orders"), Some("them")),
        Err("the token is from another issuer".to_owned())
    );
    assert!(ask(None, None).is_err());
}

#[test]
fn a_key_in_its_header_names_its_caller() {
    let keys = ApiKey::read_all(
        "# sha256 of `secret`\n\
         2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b importer writer acme\n",
    );
    let options = AuthOptions { api_keys: keys.expect("a key"), ..AuthOptions::default() };
    let verifier = verifier(&auth(vec![Scheme::ApiKey("X-Key".to_owned())]), &options);
    let found = caller_of(&verifier, &headers("x-key", "secret")).expect("it is known");
    assert_eq!((&*found.subject, found.tenant.as_deref()), ("importer", Some("acme")));
    assert!(caller_of(&verifier, &headers("x-key", "guess")).is_err());
    assert!(caller_of(&verifier, &headers("authorization", "Bearer secret")).is_err());
    let token = mint(KEY, "ann", in_seconds(60));
    assert!(caller_of(&verifier, &headers("x-key", &token)).is_ok(), "one of development");
    assert!(ApiKey::read_all("abc ann").is_err());
}

/// A folder that is gone with the test.
fn file(name: &str, text: &str) -> std::path::PathBuf {
    let path = std::env::temp_dir().join(format!("groundplan-{name}-{}", std::process::id()));
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn the_keys_of_a_provider_replace_the_own_one() {
    let provider = b"the key of somebody else";
    let open = verifier(&auth(vec![Scheme::Bearer]), &AuthOptions::default());
    let published =
        run(Verifier::open(&auth(vec![Scheme::Bearer]), provider, &AuthOptions::default()))
            .expect("it opens")
            .public_keys();
    let path = file("jwks", &published.to_string());
    let options =
        AuthOptions { jwks: Some(JwksSource::File(path.clone())), ..AuthOptions::default() };
    let verifier = verifier(&auth(vec![Scheme::Bearer]), &options);
    std::fs::remove_file(path).expect("it was there");
    let ask = |verifier: &Verifier, key: &[u8], key_pair: bool| {
        let claims = TokenClaims { key_pair, ..TokenClaims::of("ann", in_seconds(60)) };
        let token = format!("Bearer {}", mint_claims(key, &claims));
        caller_of(verifier, &headers("authorization", &token)).is_ok()
    };
    assert!(ask(&verifier, provider, true), "signed by the provider");
    assert!(!ask(&verifier, KEY, true), "signed by the key of development");
    assert!(!ask(&verifier, KEY, false) && !ask(&verifier, provider, false));
    assert!(ask(&open, KEY, true) && ask(&open, KEY, false));
    // The public key is no secret: a token that is signed with its text is refused.
    let forged = published["keys"][0]["x"].as_str().expect("a coordinate").as_bytes().to_vec();
    assert!(!ask(&verifier, &forged, false));
}

#[test]
fn a_set_without_usable_keys_keeps_the_service_from_starting() {
    let path = file("no-jwks", r#"{"keys":[{"kty":"oct","k":"AA"},{"kty":"EC"}]}"#);
    let options =
        AuthOptions { jwks: Some(JwksSource::File(path.clone())), ..AuthOptions::default() };
    let error = run(Verifier::open(&auth(vec![Scheme::Bearer]), KEY, &options)).err();
    std::fs::remove_file(path).expect("it was there");
    assert!(error.expect("no key").to_string().contains("holds no key"));
}
