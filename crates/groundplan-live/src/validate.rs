//! A request's body against the resource: every fault named, before the database is touched.

use crate::store::Cell;
use groundplan_model::schema::Column;
use groundplan_model::service::{self, Refusal, Resource, Role};

use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::{FieldFault, Refused};
use crate::secret::{self, Secret};
use crate::value;

mod members;

#[cfg(test)]
mod tests;

/// Faults named in one answer: a body of a million wrong members gets a short one.
const FAULTS: usize = 32;

/// What a route's body may and must hold.
#[derive(Debug)]
pub(crate) struct BodyRule {
    members: Vec<Member>,
    /// Columns of which hashes are stored.
    secrets: Vec<(usize, Secret)>,
}

#[derive(Debug)]
struct Member {
    name: String,
    column: Column,
    allowance: Allowance,
}

/// Whether a client may send a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Allowance {
    /// Any value that fits.
    Writable { required: bool },
    /// Only what the path says anyway.
    SameAsKey,
    /// Only what the path says anyway.
    SameAsParent,
    /// Only what the token says anyway.
    SameAsCaller,
    /// No: another path is for it.
    Elsewhere,
    /// No.
    Closed,
}

/// What a body sent: for each column of the table the value to store, where it was sent and is the
/// client's to say.
pub(crate) type Sent = Vec<Option<Cell>>;

impl BodyRule {
    /// The rule for bodies of `resource` at `place`; `whole` where required members must be there.
    pub(crate) fn new(resource: &Resource, place: &Place, whole: bool) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let members = fields.map(|(index, (field, column))| Member {
            name: field.name.clone(),
            column: column.clone(),
            allowance: match field.role {
                _ if place.foreign_key == Some(index) && place.parent_is_key() => {
                    Allowance::SameAsParent
                }
                _ if place.foreign_key == Some(index) => Allowance::Closed,
                Role::Owner => Allowance::SameAsCaller,
                role if !role.is_writable() => Allowance::Closed,
                _ if place.key_column() == Some(index) => Allowance::SameAsKey,
                _ => Allowance::Writable { required: whole && field.required },
            },
        });
        Self { members: members.collect(), secrets: secret::of(resource) }
    }

    /// Reads and checks `body`, and puts hashes in the place of secrets.
    pub(crate) async fn read(
        &self,
        body: &[u8],
        caller: &Caller,
        target: &Target,
    ) -> Result<Sent, Refused> {
        let sent = self.check(body, &caller.subject, target)?;
        secret::seal(&self.secrets, sent).await
    }

    /// The rule for the one column that a path names.
    pub(crate) fn only(resource: &Resource, index: usize) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let members = fields.map(|(at, (field, column))| Member {
            name: field.name.clone(),
            column: column.clone(),
            allowance: match at == index && field.role.is_writable() {
                true => Allowance::Writable { required: true },
                false => Allowance::Elsewhere,
            },
        });
        Self { members: members.collect(), secrets: secret::of(resource) }
    }

    /// The rule for the body of an action.
    pub(crate) fn of_members(members: &[service::Member]) -> Self {
        let members = members.iter().map(|member| Member {
            name: member.name.clone(),
            column: member.column.clone(),
            allowance: Allowance::Writable { required: member.required },
        });
        Self { members: members.collect(), secrets: Vec::new() }
    }

    /// As [`BodyRule::check`]; a body that nothing has to be in may be left out altogether.
    pub(crate) fn check_optional(
        &self,
        body: &[u8],
        subject: &str,
        target: &Target,
    ) -> Result<Sent, Refused> {
        let is_needed = |it: &Member| it.allowance == (Allowance::Writable { required: true });
        if body.is_empty() && !self.members.iter().any(is_needed) {
            return Ok(vec![None; self.members.len()]);
        }
        self.check(body, subject, target)
    }

    /// Reads and checks `body`.
    fn check(&self, body: &[u8], subject: &str, target: &Target) -> Result<Sent, Refused> {
        let names: Vec<&str> = self.members.iter().map(|member| member.name.as_str()).collect();
        let read = members::read(body, &names)?;
        let mut faults = Vec::new();
        let mut sent = Sent::with_capacity(self.members.len());
        for (member, value) in self.members.iter().zip(read.values) {
            let checked = member.check(value, subject, target);
            sent.push(checked.unwrap_or_else(|fault| {
                faults.push(FieldFault { field: member.name.clone(), message: fault.into_owned() });
                None
            }));
        }
        let unknown = |name: &String| FieldFault::new(name, "is not a member of this request");
        faults.extend(read.unknown.iter().map(unknown));
        if faults.is_empty() {
            return Ok(sent);
        }
        faults.truncate(FAULTS);
        Err(Refused::fields(Refusal::InvalidField, "the body does not fit", faults))
    }
}

impl Member {
    fn check(
        &self,
        value: Option<serde_json::Value>,
        subject: &str,
        target: &Target,
    ) -> Result<Option<Cell>, value::Fault> {
        let Some(value) = value else {
            return match self.allowance {
                Allowance::Writable { required: true } => Err("is required".into()),
                _ => Ok(None),
            };
        };
        match self.allowance {
            Allowance::Writable { .. } => value::from_json(&self.column, value).map(Some),
            Allowance::SameAsKey => self.same(value, &target.key),
            Allowance::SameAsParent => self.same(value, &target.parent),
            Allowance::SameAsCaller if is_caller(&value, subject) => Ok(None),
            Allowance::SameAsCaller => Err("must be the caller, or be left out".into()),
            Allowance::Elsewhere => Err("is not a member of this request".into()),
            Allowance::Closed => Err("is set by the service; leave it out".into()),
        }
    }

    fn same(&self, value: serde_json::Value, path: &Cell) -> Result<Option<Cell>, value::Fault> {
        let said = value::from_json(&self.column, value)?;
        if said == *path { Ok(None) } else { Err("must repeat the path's value".into()) }
    }
}

/// Callers of an owner column of numbers are numbers.
fn is_caller(value: &serde_json::Value, subject: &str) -> bool {
    match value {
        serde_json::Value::String(text) => text == subject,
        serde_json::Value::Number(number) => number.to_string() == subject,
        _ => false,
    }
}
