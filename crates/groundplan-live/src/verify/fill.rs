//! A [`Request`] of a case as an HTTP request, and as a command that people can try.

use bytes::Bytes;
use groundplan_model::ServicePlan;
use groundplan_model::case::{
    BOUNDARY, Body, Caller, Form, Headers, Item, Many, Part, Request, RowId, State, Target,
};
use groundplan_model::service::Operation;
use http::header::{CONTENT_TYPE, HOST};
use http_body_util::Full;
use serde_json::{Map, Value};

use super::client::Client;
use super::people::People;
use crate::percent::encode;

/// A tag that no row has.
const OF_NO_ROW: &str = "\"of-no-row\"";

/// A row as it was answered last.
#[derive(Clone, Debug)]
pub(super) struct Captured {
    pub(super) members: Map<String, Value>,
    pub(super) location: Option<String>,
    /// The `ETag` that came with it.
    pub(super) tag: Option<String>,
}

/// What requests are filled from.
pub(super) struct Filler<'a> {
    pub(super) plan: &'a ServicePlan,
    pub(super) people: &'a People,
    pub(super) case: usize,
    pub(super) rows: &'a [Option<Captured>],
}

/// A request with every part filled in.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    pub(super) method: &'static str,
    pub(super) path: String,
    /// Name and value of the header that says who calls.
    proof: Option<(String, String)>,
    /// Names and values of what else stands in its head.
    headers: Vec<(&'static str, String)>,
    media_type: Option<&'static str>,
    body: Bytes,
    caller: Caller,
    padded: bool,
    /// The form that the body is, as a command makes it.
    form: Option<String>,
}

impl Filler<'_> {
    /// The request, or why it cannot be made.
    pub(super) fn fill(&self, request: &Request) -> Result<Filled, String> {
        let mut path = self.target(&request.target)?;
        for (index, (name, value)) in request.query.iter().enumerate() {
            path.push(if index == 0 && !path.contains('?') { '?' } else { '&' });
            let value = self.text(value)?;
            path.push_str(&format!("{}={}", encode(name), encode(&value)));
        }
        Ok(Filled {
            method: request.method.as_str(),
            path,
            proof: self.proof(request)?,
            headers: self.headers(&request.headers)?,
            media_type: request.media_type,
            body: self.body(&request.body)?,
            caller: request.caller,
            padded: matches!(request.body, Body::Padded(..)),
            form: match &request.body {
                Body::Form(form) => Some(form_of_command(form)),
                _ => None,
            },
        })
    }

    fn proof(&self, request: &Request) -> Result<Option<(String, String)>, String> {
        let route = request.route.and_then(|at| self.plan.routes.get(at));
        let token = match request.caller {
            Caller::Token(row) => Some(self.access_token(row)?),
            caller => self.people.proof(caller, self.case, route)?,
        };
        let header = self.people.header();
        Ok(header.zip(token).map(|(it, token)| (it.name.clone(), format!("{}{token}", it.scheme))))
    }

    fn headers(&self, headers: &Headers) -> Result<Vec<(&'static str, String)>, String> {
        let mut filled = Vec::new();
        if let Some(state) = headers.if_match {
            let tag = match state {
                State::Any => "*".to_owned(),
                State::OfNoRow => OF_NO_ROW.to_owned(),
                State::Of(row) => self.tag(row)?,
            };
            filled.push(("If-Match", tag));
        }
        if let Some(row) = headers.if_none_match {
            filled.push(("If-None-Match", self.tag(row)?));
        }
        if let Some(key) = &headers.idempotency_key {
            filled.push(("Idempotency-Key", format!("\"{key}\"")));
        }
        Ok(filled)
    }

    fn tag(&self, row: RowId) -> Result<String, String> {
        let tag = self.row(row)?.tag.clone();
        tag.ok_or_else(|| "the answer had no `ETag`".to_owned())
    }

    /// The token in an answer of an endpoint of accounts.
    fn access_token(&self, row: RowId) -> Result<String, String> {
        let members = &self.row(row)?.members;
        let sessions = self.plan.routes.iter().filter_map(|route| match &route.operation {
            Operation::Session(session) => Some(session.access_path()),
            _ => None,
        });
        let mut paths = sessions.filter(|path| !path.is_empty());
        let found = paths.find_map(|path| {
            let (first, rest) = path.split_first()?;
            rest.iter().try_fold(members.get(*first)?, |value, name| value.get(*name))?.as_str()
        });
        found.map(str::to_owned).ok_or_else(|| "the answer shows no token".to_owned())
    }

    fn target(&self, target: &Target) -> Result<String, String> {
        match target {
            Target::Path(parts) => {
                let parts = parts.iter().map(|part| Ok(format!("/{}", self.part(part)?)));
                let path = parts.collect::<Result<String, String>>()?;
                Ok(if path.is_empty() { "/".to_owned() } else { path })
            }
            Target::Location(row) => {
                let location = self.row(*row)?.location.as_deref();
                let location = location.ok_or("the answer had no `Location`")?;
                Ok(local(location).to_owned())
            }
        }
    }

    fn part(&self, part: &Part) -> Result<String, String> {
        Ok(match part {
            Part::Text(text) => encode(text).to_string(),
            Part::Of(row, member) => match self.member(*row, member)? {
                Value::String(text) => encode(&text).to_string(),
                other => encode(&other.to_string()).to_string(),
            },
        })
    }

    fn body(&self, body: &Body) -> Result<Bytes, String> {
        Ok(match body {
            Body::None => Bytes::new(),
            Body::Text(text) => text.clone().into(),
            Body::Object(members) => self.object(members)?.into(),
            Body::Many(many) => self.many(many)?.to_string().into(),
            Body::Form(form) => self.form(form)?.into(),
            Body::Padded(members, length) => {
                let mut bytes = self.object(members)?;
                bytes.resize(bytes.len().max(*length), b' ');
                bytes.into()
            }
        })
    }

    /// A form as RFC 7578 has it; names of files as browsers write them.
    fn form(&self, form: &Form) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut part = |headers: String, content: &[u8]| {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {headers}\r\n\r\n");
            bytes.extend_from_slice(head.as_bytes());
            bytes.extend_from_slice(content);
            bytes.extend_from_slice(b"\r\n");
        };
        for (name, item) in &form.texts {
            let text = match self.item(item)? {
                Some(Value::String(text)) => text,
                other => other.unwrap_or(Value::Null).to_string(),
            };
            part(format!("name=\"{name}\""), text.as_bytes());
        }
        if let Some(it) = &form.file {
            let name = it.file.name.replace('"', "%22");
            let (part_name, media_type) = (&it.part, &it.file.media_type);
            let headers =
                format!("name=\"{part_name}\"; filename=\"{name}\"\r\nContent-Type: {media_type}");
            part(headers, &it.file.content());
        }
        bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        Ok(bytes)
    }

    fn object(&self, members: &[(String, Item)]) -> Result<Vec<u8>, String> {
        Ok(Value::Object(self.members(members)?).to_string().into_bytes())
    }

    fn members(&self, members: &[(String, Item)]) -> Result<Map<String, Value>, String> {
        let mut object = Map::new();
        for (name, item) in members {
            let value = self.item(item)?;
            object.insert(name.clone(), value.unwrap_or(Value::Null));
        }
        Ok(object)
    }

    /// Rows or keys in an array, with what stands beside it.
    fn many(&self, many: &Many) -> Result<Value, String> {
        let rows = many.rows.iter().map(|row| self.members(row).map(Value::Object));
        let keys = many.keys.iter().map(|key| Ok(self.item(key)?.unwrap_or(Value::Null)));
        let array = Value::Array(rows.chain(keys).collect::<Result<_, String>>()?);
        let Some(member) = &many.member else { return Ok(array) };
        let beside = self.members(&many.beside)?;
        let mut object = Map::new();
        object.insert(member.clone(), array);
        match &many.beside_in {
            Some(name) => drop(object.insert(name.clone(), Value::Object(beside))),
            None => object.extend(beside),
        }
        Ok(Value::Object(object))
    }

    /// A value as it stands in a query string.
    fn text(&self, item: &Item) -> Result<String, String> {
        match self.item(item)? {
            Some(Value::String(text)) => Ok(text),
            Some(Value::Null) | None => Err("there is no value for its query".to_owned()),
            Some(other) => Ok(other.to_string()),
        }
    }

    /// An item's value; `None` for a caller whose name nobody knows.
    pub(super) fn item(&self, item: &Item) -> Result<Option<Value>, String> {
        Ok(match item {
            Item::Is(value) => Some(value.clone()),
            Item::Of(row, member) => Some(self.member(*row, member)?),
            Item::Caller(nth) => self.people.name(self.case, *nth).map(Value::String),
            Item::Many(items) => {
                let values = items.iter().map(|it| Ok(self.item(it)?.unwrap_or(Value::Null)));
                Some(Value::Array(values.collect::<Result<_, String>>()?))
            }
            Item::Object(members) => Some(Value::Object(self.members(members)?)),
        })
    }

    fn member(&self, row: RowId, member: &str) -> Result<Value, String> {
        let found = self.row(row)?.members.get(member).cloned();
        found.ok_or_else(|| format!("the row that was answered has no `{member}`"))
    }

    pub(super) fn row(&self, row: RowId) -> Result<&Captured, String> {
        let row = self.rows.get(row.0).and_then(Option::as_ref);
        row.ok_or_else(|| "a row that it needs was not made".to_owned())
    }
}

impl Filled {
    /// As it goes over the wire.
    pub(super) fn http(&self, client: &Client) -> Result<http::Request<Full<Bytes>>, String> {
        let mut request = http::Request::builder()
            .method(self.method)
            .uri(client.path(&self.path))
            .header(HOST, client.authority());
        if let Some((name, value)) = &self.proof {
            request = request.header(name, value);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(media_type) = self.media_type {
            request = request.header(CONTENT_TYPE, media_type);
        }
        let made = request.body(Full::new(self.body.clone()));
        made.map_err(|error| format!("the request cannot be written: {error}"))
    }

    /// As a command. Tokens that hold are not shown.
    pub(super) fn curl(&self, client: &Client) -> String {
        let mut line = format!("curl -i -X {} {}", self.method, quoted(&client.url(&self.path)));
        if let Some((name, _)) = self.proof.as_ref().filter(|_| self.caller != Caller::Nobody) {
            let scheme = if name == "Authorization" { "Bearer " } else { "" };
            line.push_str(&format!(" -H \"{name}: {scheme}{}\"", shown(self.caller)));
        }
        for (name, value) in &self.headers {
            line.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
        if let Some(form) = self.form.as_ref().filter(|_| self.is_form()) {
            line.push_str(form);
            return line;
        }
        if let Some(media_type) = self.media_type {
            line.push_str(&format!(" -H 'Content-Type: {media_type}'"));
        }
        if self.padded {
            let text = String::from_utf8_lossy(&self.body);
            let (object, spaces) = text.split_at(text.trim_end().len());
            let padding = format!("head -c {} /dev/zero | tr '\\0' ' '", spaces.len());
            let object = quoted(object);
            return format!("(printf %s {object}; {padding}) | {line} --data-binary @-");
        }
        if !self.body.is_empty() {
            let body = String::from_utf8_lossy(&self.body);
            line.push_str(&format!(" --data {}", quoted(&body)));
        }
        line
    }

    fn is_form(&self) -> bool {
        self.media_type.is_some_and(|it| it.starts_with("multipart/"))
    }

    /// The same place with another query.
    pub(super) fn at(&self, path: &str) -> Self {
        Self { path: local(path).to_owned(), ..self.clone() }
    }

    /// A read of what lies at `path`, by the same caller.
    pub(super) fn look_at(&self, path: &str) -> Self {
        let (headers, media_type, form) = (Vec::new(), None, None);
        Self { method: "GET", headers, media_type, body: Bytes::new(), form, ..self.at(path) }
    }
}

/// The form as options of `curl`; a file of so many zeros stands for its bytes.
fn form_of_command(form: &Form) -> String {
    let text = |(name, item): &(String, Item)| match item {
        Item::Is(Value::String(text)) => format!(" -F {}", quoted(&format!("{name}={text}"))),
        Item::Is(other) => format!(" -F {}", quoted(&format!("{name}={other}"))),
        _ => format!(" -F {name}=..."),
    };
    let texts: String = form.texts.iter().map(text).collect();
    let file = form.file.as_ref().map(|it| {
        let (part, media_type, bytes) = (&it.part, &it.file.media_type, it.file.bytes);
        let name = it.file.name.replace(['"', ';', '\''], "");
        format!(
            " -F \"{part}=@-;filename={name};type={media_type}\" < <(head -c {bytes} /dev/zero)"
        )
    });
    format!("{texts}{}", file.unwrap_or_default())
}

/// What a command shows of a token: tokens that hold are not shown.
fn shown(caller: Caller) -> &'static str {
    match caller {
        Caller::Nth(_) | Caller::Nobody => "$TOKEN",
        Caller::Token(_) => "$ACCESS_TOKEN",
        Caller::Garbage => "not-a-token",
        Caller::Expired => "$EXPIRED_TOKEN",
        Caller::WrongKey => "$FORGED_TOKEN",
        Caller::WrongAudience => "$TOKEN_FOR_OTHERS",
        Caller::WithoutRole => "$TOKEN_WITHOUT_ROLE",
        Caller::OtherTenant => "$TOKEN_OF_ANOTHER_TENANT",
        Caller::NoTenant => "$TOKEN_WITHOUT_TENANT",
        Caller::SeesAll | Caller::SeesDeleted => "$PRIVILEGED_TOKEN",
    }
}

/// An address without scheme and host.
fn local(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else { return address };
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
}

/// A word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
