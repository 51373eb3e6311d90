//! What a search asks for in its body: its members are the parameters of other lists, each under the
//! path that the document shows (`filters.price.gte`).

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{PageForm, Refusal, Test};
use serde_json::{Map, Value};

use super::{Asked, Condition, Draft, Parameters, Use, condition, named, not_fitting};
use crate::refused::Refused;
use crate::value::Fault;

/// Members of a body at most.
const MEMBERS: usize = 256;

const UNFIT: &str = "the search does not fit";

impl Parameters {
    /// Reads the body of a search, and what its address says about the page, which outranks the
    /// body: so a link to the next page is followed with the same body.
    pub(crate) fn search(&self, query: &str, body: &[u8], lenient: bool) -> Result<Asked, Refused> {
        let (mut draft, mut faults) = (Draft::default(), Vec::new());
        let mut members = Vec::new();
        self.members_of(read(body)?, "", &mut members);
        if members.len() > MEMBERS {
            let message = format!("the body has more than {MEMBERS} members");
            return Err(Refused::new(Refusal::InvalidParameter, message));
        }
        for (path, value) in members {
            let taken = match self.uses.get(&path) {
                Some(use_) => self.take_value(use_, &path, value, &mut draft),
                None if lenient => Ok(()),
                None => Err("is not a member of this request".into()),
            };
            faults.extend(taken.err().map(|fault| named(&path, fault)));
        }
        let says_page = |it: &Use| matches!(it, Use::Limit | Use::Start);
        self.read_pairs(query, lenient, says_page, &mut draft, &mut faults)?;
        let asked = self.put_together(draft, &mut faults);
        if faults.is_empty() { Ok(asked) } else { Err(not_fitting(UNFIT, faults)) }
    }

    /// Members with their paths: of objects that are no parameter themselves, what they hold.
    fn members_of(
        &self,
        object: Map<String, Value>,
        path: &str,
        members: &mut Vec<(String, Value)>,
    ) {
        for (name, value) in object {
            let path = if path.is_empty() { name } else { format!("{path}.{name}") };
            match value {
                Value::Object(inner) if self.has_within(&path) => {
                    self.members_of(inner, &path, members);
                }
                value => members.push((path, value)),
            }
        }
    }

    /// Whether a parameter lies within the object at `path`.
    fn has_within(&self, path: &str) -> bool {
        self.uses.keys().any(|it| it.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
    }

    fn take_value(
        &self,
        use_: &Use,
        path: &str,
        value: Value,
        draft: &mut Draft,
    ) -> Result<(), Fault> {
        let column = match use_ {
            Use::Filter(at, _) => self.columns.get(*at),
            _ => None,
        };
        match (use_, column) {
            (Use::Idle, _) => Ok(()),
            (Use::Filter(at, Test::In), Some(column)) => {
                let values = several(column, &value)?;
                draft.conditions.push(Condition::Compare { column: *at, test: Test::In, values });
                Ok(())
            }
            (Use::Deleted | Use::Filter(_, Test::IsNull | Test::IsSet), _) => match value {
                Value::Bool(_) => self.take(use_, path, &value.to_string(), draft),
                _ => Err("must be true or false".into()),
            },
            (Use::Filter(_, test), Some(column)) if *test != Test::Like => {
                self.take(use_, path, &text(column, &value)?, draft)
            }
            (use_, _) if self.is_number(use_) => match value {
                Value::Number(number) => self.take_number(use_, path, &whole(&number), draft),
                _ => Err("must be a whole number".into()),
            },
            (use_, _) => match value {
                Value::String(text) => self.take(use_, path, &text, draft),
                _ => Err("must be a text".into()),
            },
        }
    }

    /// Takes a number that says which page; one that cannot be is none even where the address
    /// outranks it.
    fn take_number(
        &self,
        use_: &Use,
        path: &str,
        number: &str,
        draft: &mut Draft,
    ) -> Result<(), Fault> {
        if matches!(use_, Use::Start) {
            self.start(number, 1, &self.order)?;
        }
        self.take(use_, path, number, draft)
    }

    fn is_number(&self, use_: &Use) -> bool {
        let form = self.paging.as_ref().map(|it| &it.form);
        let is_counted = matches!(form, Some(PageForm::Offset(_) | PageForm::Page(_)));
        matches!(use_, Use::Limit) || matches!(use_, Use::Start) && is_counted
    }
}

/// The body's object; without a body, an empty one.
fn read(body: &[u8]) -> Result<Map<String, Value>, Refused> {
    if body.is_empty() {
        return Ok(Map::new());
    }
    serde_json::from_slice(body).map_err(|error| Refused::malformed(&error))
}

/// The values of an array, each of the column's type.
fn several(column: &Column, value: &Value) -> Result<Vec<crate::store::Cell>, Fault> {
    let Value::Array(values) = value else { return Err("must be an array".into()) };
    if values.is_empty() {
        return Err("must have at least one value".into());
    }
    let texts: Vec<_> = values.iter().map(|it| text(column, it)).collect::<Result<_, _>>()?;
    condition::each(column, texts.iter().map(String::as_str))
}

/// A value of the column's type in JSON, as it would stand in a query string.
fn text(column: &Column, value: &Value) -> Result<String, Fault> {
    match (&column.ty, value) {
        (ColumnType::Integer { .. }, Value::Number(number)) => Ok(whole(number)),
        (ColumnType::Float, Value::Number(number)) => Ok(number.to_string()),
        (ColumnType::Integer { .. }, _) => Err("must be a whole number".into()),
        (ColumnType::Float, _) => Err("must be a number".into()),
        (ColumnType::Boolean, Value::Bool(value)) => Ok(value.to_string()),
        (ColumnType::Boolean, _) => Err("must be true or false".into()),
        (_, Value::String(text)) => Ok(text.clone()),
        _ => Err("must be a text".into()),
    }
}

/// JSON Schema counts `1.0` as an integer; so do we.
fn whole(number: &serde_json::Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}
