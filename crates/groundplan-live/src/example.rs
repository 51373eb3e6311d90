//! Answers of endpoints that nothing derives, from the document's example (rule D9.2): what the path
//! says stands in the place of the example's values.

use groundplan_model::service::{Route, Segment};
use serde_json::Value;

use crate::answer::{self, Response};
use crate::router::Params;

/// The documented answer of `route` to a request at these parameters.
pub(crate) fn answer(route: &Route, example: &Value, params: &Params<'_>) -> Response {
    let mut body = example.clone();
    let names = route.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) => None,
    });
    let names: Vec<&str> = names.collect();
    let last = names.len().saturating_sub(1);
    for (at, (name, value)) in names.iter().zip(params.iter()).enumerate() {
        put(&mut body, name, value);
        if at == last {
            put(&mut body, "id", value);
        }
    }
    answer::json(route.success, body.to_string().into_bytes())
}

/// Writes a path's value into the member of its name, in the member's own type.
fn put(body: &mut Value, name: &str, text: &str) {
    let Some(place) = body.as_object_mut().and_then(|it| it.get_mut(name)) else { return };
    let value = match place {
        Value::String(_) => Some(Value::from(text)),
        Value::Number(_) => text.parse::<i64>().ok().map(Value::from),
        _ => None,
    };
    if let Some(value) = value {
        *place = value;
    }
}
