//! [`Request`]s whose parts may come from earlier answers.

use serde_json::Value;

use super::file::Form;
use crate::document::Method;

/// A row that a case made or found, in the order of their making.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(pub usize);

/// A request before its parts are filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Position of the route that it is made to; `None` for a method that no route has.
    pub route: Option<usize>,
    /// Its method.
    pub method: Method,
    /// Where it goes.
    pub target: Target,
    /// Query parameters, to be percent-encoded.
    pub query: Vec<(String, Item)>,
    /// Who makes it.
    pub caller: Caller,
    /// Header fields that only some requests have.
    pub headers: Headers,
    /// The body's media type.
    pub media_type: Option<&'static str>,
    /// The body.
    pub body: Body,
}

/// Header fields that only some requests have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers {
    /// `If-Match`: the state that a row must be in.
    pub if_match: Option<State>,
    /// `If-None-Match`: the answer that the client has already.
    pub if_none_match: Option<RowId>,
    /// `Idempotency-Key`: what makes a request and its repetitions one.
    pub idempotency_key: Option<String>,
}

/// A state of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Any.
    Any,
    /// One that no row ever has.
    OfNoRow,
    /// The one that was answered as this row.
    Of(RowId),
}

/// Where a request goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A path, segment by segment.
    Path(Vec<Part>),
    /// The address in the `Location` of the answer that made the row.
    Location(RowId),
}

/// A segment of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// A member of a row.
    Of(RowId, String),
}

/// Who makes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The case's n-th caller, with a token that holds; without one where the service is open.
    Nth(usize),
    /// No token.
    Nobody,
    /// Something that is not a token.
    Garbage,
    /// The first caller's token, out of date.
    Expired,
    /// The first caller's token, signed with another key.
    WrongKey,
    /// The first caller's token, for another audience.
    WrongAudience,
    /// The first caller, without a role that the endpoint asks for.
    WithoutRole,
    /// The first caller's name, in another tenant.
    OtherTenant,
    /// The first caller, in no tenant.
    NoTenant,
    /// Another caller, with a role that reaches the rows of every owner.
    SeesAll,
    /// The first caller, with a role that sees rows that are marked as deleted.
    SeesDeleted,
    /// Whoever the token in this answer is for.
    Token(RowId),
}

/// A request's body.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// None.
    None,
    /// This text.
    Text(String),
    /// An object.
    Object(Vec<(String, Item)>),
    /// Rows or keys, in an array or in a member of an object.
    Many(Many),
    /// A form with a file.
    Form(Box<Form>),
    /// An object, followed by spaces up to this many bytes.
    Padded(Vec<(String, Item)>, usize),
}

/// A body about many rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Many {
    /// The member with the array; `None` for a bare array.
    pub member: Option<String>,
    /// Rows, where the array has such.
    pub rows: Vec<Vec<(String, Item)>>,
    /// Keys, where the array has such.
    pub keys: Vec<Item>,
    /// What stands beside the array.
    pub beside: Vec<(String, Item)>,
    /// The member that has that; `None` where it stands there by itself.
    pub beside_in: Option<String>,
}

/// A member's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// This value.
    Is(Value),
    /// The value of a member of a row.
    Of(RowId, String),
    /// The n-th caller's name.
    Caller(usize),
    /// Several values.
    Many(Vec<Self>),
    /// An object.
    Object(Vec<(String, Self)>),
}

impl Request {
    /// The same request by somebody else.
    pub(super) fn by(&self, caller: Caller) -> Self {
        Self { caller, ..self.clone() }
    }

    /// Gives members of the body these values; of many rows, those of the last one.
    pub(super) fn put(&mut self, members: Vec<(String, Item)>) {
        let sent = match &mut self.body {
            Body::Object(sent) => Some(sent),
            Body::Many(many) if many.rows.is_empty() => Some(&mut many.beside),
            Body::Many(many) => many.rows.last_mut(),
            _ => None,
        };
        if let Some(sent) = sent {
            sent.retain(|(name, _)| members.iter().all(|(it, _)| it != name));
            sent.extend(members);
        }
    }
}
