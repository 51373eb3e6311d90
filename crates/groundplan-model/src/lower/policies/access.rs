//! Who may do what, read from sentences: roles, public endpoints, tenants, keys, claims of tokens.

use super::super::prose;
use super::words::Words;
use crate::document::{Grant, PolicyKind};

/// A sentence as it stands, and in lower case without marks. Underscores stay: they are parts of
/// names.
struct Sentence<'a> {
    raw: &'a str,
    words: Words<'a>,
}

/// A form of sentence.
struct Form {
    /// Beginnings of words of which it has one: a sentence without them is not taken apart.
    words: &'static [&'static str],
    read: fn(&Sentence<'_>) -> Option<PolicyKind>,
}

const FORMS: [Form; 8] = [
    Form { words: &["api key", "api-key"], read: api_key },
    Form { words: &["only"], read: only_roles },
    Form { words: &["require", "need", "limited to", "restricted to", "for "], read: needs_role },
    Form { words: &["only"], read: by_roles_only },
    Form { words: &["all", "every", "any"], read: sees_all },
    Form { words: &["tenant", "org_id", "organi", "workspace"], read: own_tenant },
    Form { words: &["public", "open to", "token", "authentication"], read: public },
    Form { words: &["except ", "other than ", "apart from "], read: exception },
];

/// Nouns for callers who may more than others, or less, in the singular.
const ROLES: [&str; 27] = [
    "admin",
    "administrator",
    "superadmin",
    "superuser",
    "manager",
    "editor",
    "viewer",
    "moderator",
    "member",
    "owner",
    "author",
    "creator",
    "agent",
    "operator",
    "staff",
    "supervisor",
    "maintainer",
    "analyst",
    "auditor",
    "reviewer",
    "approver",
    "customer",
    "requester",
    "support",
    "developer",
    "service",
    "guest",
];

/// Words before a role that say nothing.
const LEADS: [&str; 12] = [
    "the ", "a ", "an ", "its ", "their ", "callers ", "users ", "those ", "people ", "with ",
    "having ", "tenant ",
];

/// What a sentence says about who may do what.
pub(super) fn read(sentence: &str) -> impl Iterator<Item = PolicyKind> {
    let words = prose::without(sentence, *b"*``").replace('\n', " ");
    let words = prose::lower_case(&words);
    let sentence = Sentence { raw: sentence, words: Words::of(&words) };
    let claims = ["aud", "iss"].into_iter().filter_map(|name| claim(&sentence, name));
    let told = FORMS.iter().filter(|form| sentence.words.has_part(form.words));
    let kinds = told.filter_map(|form| (form.read)(&sentence));
    kinds.chain(claims).collect::<Vec<_>>().into_iter()
}

/// "Every request carries an API key in `X-API-Key`."
fn api_key(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    let words = sentence.words;
    let named = words.has_any(&["x-api-key"]);
    let spoken = words.has_any(&["api key", "api keys"])
        && words.has_any(&["callers", "clients", "every request", "all requests", "each request"]);
    let demands = [
        "must", "carry", "carries", "require", "required", "requires", "send", "present", "with",
        "in", "by", "via",
    ];
    if !(named || spoken) || !words.has_any(&demands) || is_denied(words) {
        return None;
    }
    let is_header = |word: &&str| {
        let lower = word.to_ascii_lowercase();
        lower.starts_with("x-") && lower.contains("key")
    };
    let mut names = sentence.raw.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let header = names.find(is_header).unwrap_or("X-API-Key").to_owned();
    Some(PolicyKind::ApiKey { header })
}

/// "Only admins and editors may delete products."
fn only_roles(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    const MAY: [&str; 6] =
        ["may ", "can ", "are allowed to ", "is allowed to ", "must be able to ", "are able to "];
    let words = sentence.words;
    let at = words.find_word("only")?;
    let (roles, rest) = roles_at(words.get(at + "only".len()..)?)?;
    let action = MAY.iter().find_map(|it| rest.trim_start().strip_prefix(it))?;
    if action.starts_with("be ") { None } else { grant(roles, action) }
}

/// "Deleting a product requires the `admin` role." "Refunds are limited to managers."
fn needs_role(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    const NEEDS: [&str; 14] = [
        " requires ",
        " require ",
        " needs ",
        " need ",
        " is limited to ",
        " are limited to ",
        " is restricted to ",
        " are restricted to ",
        " is reserved for ",
        " are reserved for ",
        " is only for ",
        " are only for ",
        " is for ",
        " are for ",
    ];
    NEEDS.iter().find_map(|it| {
        let (action, rest) = sentence.words.around(it)?;
        let (roles, _) = roles_at(rest)?;
        grant(roles, action)
    })
}

/// "Products are deleted by admins only." "Refunds can only be issued by managers."
fn by_roles_only(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    let words = sentence.words.text();
    let (action, rest) = words.rsplit_once(" by ")?;
    let (roles, after) = roles_at(rest)?;
    let is_only = prose::has_word(action, "only") || after.trim_start().starts_with("only");
    if is_only { grant(roles, action) } else { None }
}

/// "Admins see all orders", "callers with the role `auditor` may read every row".
fn sees_all(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    let words = sentence.words.text();
    let (roles, rest) = roles_at(words)?;
    let sees = ["see", "sees", "read", "reads", "access", "view", "list", "reach", "reaches"];
    let all = ["all", "every", "any", "everything", "everyone's"];
    let roles: Vec<String> = roles.into_iter().filter(|it| !is_owner(it)).collect();
    let rest = Words::of(rest);
    let says = rest.has_any(&sees) && rest.has_any(&all) && !is_denied(rest);
    (says && !roles.is_empty()).then_some(PolicyKind::SeesAll { roles })
}

/// "Rows of another tenant are never visible": every form speaks of tenants and of a border.
fn own_tenant(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    let tenants = ["tenant", "tenants", "tenant_id", "tenant's", "org_id", "organization_id"];
    let likely = ["organization", "organizations", "organisation", "workspace", "workspace_id"];
    let borders = [
        "own",
        "isolated",
        "isolation",
        "scoped",
        "belong",
        "belongs",
        "another tenant",
        "other tenants",
        "other organizations",
        "cross-tenant",
    ];
    let words = sentence.words;
    let is_tenant = words.has_any(&tenants);
    // "Only the workspace" is said of many things.
    let is_bordered = words.has_any(&borders) || is_tenant && words.has_any(&["only", "claim"]);
    ((is_tenant || words.has_any(&likely)) && is_bordered).then_some(PolicyKind::OwnTenant)
}

/// "`GET /products` is public." "No token is needed for `POST /auth/login`."
fn public(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    const AFTER: [&str; 18] = [
        " is public",
        " are public",
        " is open to every",
        " are open to every",
        " is publicly",
        " are publicly",
        " needs no token",
        " need no token",
        " requires no token",
        " require no token",
        " needs no authentication",
        " need no authentication",
        " requires no authentication",
        " require no authentication",
        " does not need a token",
        " do not need a token",
        " does not require authentication",
        " do not require authentication",
    ];
    const BEFORE: [&str; 6] = [
        "public endpoints: ",
        "public endpoints are ",
        "no authentication is needed for ",
        "no authentication is required for ",
        "no token is needed for ",
        "no token is required for ",
    ];
    let split = |it: &&str| sentence.words.around(it);
    let before = BEFORE.iter().find_map(split).map(|(_, action)| action);
    let after = || AFTER.iter().find_map(split).map(|(action, _)| action);
    let action = before.or_else(after)?.trim().to_owned();
    (!action.is_empty()).then_some(PolicyKind::Public { action })
}

/// "Every endpoint except `POST /auth/login` requires a bearer token."
fn exception(sentence: &Sentence<'_>) -> Option<PolicyKind> {
    let words = sentence.words;
    let proofs = ["token", "tokens", "jwt", "bearer", "authentication", "authenticated", "api key"];
    if !words.has_any(&proofs) {
        return None;
    }
    let starts = ["except for ", "except ", "other than ", "apart from "];
    let rest = starts.iter().find_map(|it| words.around(it)).map(|(_, rest)| rest)?;
    let ends = [" require", " need", " must", " carr", " ask"];
    let end = ends.iter().filter_map(|it| rest.find(it)).min().unwrap_or(rest.len());
    Some(PolicyKind::Public { action: rest.get(..end)?.trim().to_owned() })
}

/// The value that a claim of tokens must have: "tokens name the audience `orders-api`".
fn claim(sentence: &Sentence<'_>, name: &'static str) -> Option<PolicyKind> {
    let spoken = if name == "aud" { "audience" } else { "issuer" };
    if !sentence.words.has_part(&[name]) {
        return None;
    }
    let lower = prose::lower_case(sentence.raw);
    let at = [name, spoken].iter().filter_map(|it| prose::find_word(&lower, it)).min()?;
    let rest = sentence.raw.get(at..)?;
    let quoted = rest.split('`').skip(1).step_by(2).find(|it| !matches!(*it, "aud" | "iss"));
    let quoted = quoted.or_else(|| rest.split('"').nth(1))?;
    let is_value = !quoted.is_empty() && !quoted.contains(char::is_whitespace);
    is_value.then(|| PolicyKind::Claim { name, value: quoted.to_owned() })
}

/// "not", "never": what is denied is not promised.
fn is_denied(words: Words<'_>) -> bool {
    words.has_any(&["no", "not", "never", "cannot", "without"])
}

fn is_owner(role: &str) -> bool {
    matches!(role, "owner" | "author" | "creator" | "requester")
}

fn grant(roles: Vec<String>, action: &str) -> Option<PolicyKind> {
    let action = action.trim().trim_end_matches(" only").to_owned();
    let (own, roles): (Vec<String>, Vec<String>) = roles.into_iter().partition(|it| is_owner(it));
    let own = own.into_iter().take(1).map(|_| "owner".to_owned()).collect();
    (!action.is_empty()).then_some(PolicyKind::Grant(Grant { action, roles, own }))
}

/// The roles that `text` begins with, and what follows them: "admins and the editor role may".
pub(super) fn roles_at(text: &str) -> Option<(Vec<String>, &str)> {
    let mut roles = Vec::new();
    let mut rest = text;
    while let Some((role, after)) = role_at(rest) {
        roles.push(role);
        rest = after;
        let separators = [", and ", ", or ", ", ", " and ", " or ", "/", " & "];
        let Some(next) = separators.iter().find_map(|it| rest.strip_prefix(it)) else { break };
        if role_at(next).is_none() {
            break;
        }
        rest = next;
    }
    (!roles.is_empty()).then_some((roles, rest))
}

fn role_at(text: &str) -> Option<(String, &str)> {
    let mut rest = text.trim_start();
    while let Some(next) = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)) {
        rest = next.trim_start();
    }
    let named = ["role ", "roles "].iter().find_map(|it| rest.strip_prefix(it));
    let body = named.unwrap_or(rest);
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let end = body.find(|c: char| !is_part(c)).unwrap_or(body.len());
    let (word, after) = body.split_at_checked(end)?;
    let behind = [" roles", " role", " users", " user", " callers"];
    let followed = behind.iter().find_map(|it| after.strip_prefix(it));
    let one = word.strip_suffix('s').filter(|it| ROLES.contains(it)).unwrap_or(word);
    let one = one.strip_suffix("-only").unwrap_or(one);
    let says_role = named.is_some() || after.starts_with(" role");
    let is_role = ROLES.contains(&one) || says_role && !one.is_empty() && !is_plain_word(one);
    is_role.then(|| (one.to_owned(), followed.unwrap_or(after)))
}

/// Words that stand before "role" and name none.
fn is_plain_word(word: &str) -> bool {
    matches!(word, "this" | "that" | "which" | "same" | "required" | "right" | "of" | "is" | "and")
}
