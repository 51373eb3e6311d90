//! Forms with a file, and files as answers.

use groundplan_model::service::{Operation, Resource, Route, Upload};
use serde_json::{Map, Value, json};

use super::resource;

/// The body of an upload: its file, and the members that the client may send with it.
pub(super) fn form(resource: &Resource, route: &Route, upload: &Upload) -> Value {
    let bound = route.binding.as_ref().and_then(|it| it.parent.as_ref());
    let bound = bound.map(|parent| parent.foreign_key);
    let mut schema = match route.makes_row() {
        true => resource::create_body(resource, bound),
        false => resource::update_body(resource, bound),
    };
    let description = format!("At most {} bytes", upload.limit_bytes);
    let file = json!({ "type": "string", "format": "binary", "description": description });
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(without_null);
        properties.insert(upload.part.clone(), file);
    }
    if let Value::Object(members) = &mut schema {
        let required = members.entry("required").or_insert_with(|| json!([]));
        if let Value::Array(names) = required {
            names.push(json!(upload.part));
        }
    }
    let mut media = json!({ "schema": schema });
    if let (Value::Object(members), false) = (&mut media, upload.media_types.is_empty()) {
        let part = json!({ "contentType": upload.media_types.join(", ") });
        members.insert("encoding".into(), json!({ upload.part.as_str(): part }));
    }
    json!({ "required": true, "content": { "multipart/form-data": media } })
}

/// A part of a form is a text: nothing in it is null.
fn without_null(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    if let Some(Value::Array(allowed)) = members.get_mut("enum") {
        allowed.retain(|it| !it.is_null());
    }
    if let Some(Value::Array(types)) = members.get_mut("type") {
        types.retain(|it| it != "null");
    }
    let alone = members.get("type").and_then(Value::as_array).filter(|it| it.len() == 1);
    if let Some(alone) = alone.and_then(|it| it.first()).cloned() {
        members.insert("type".into(), alone);
    }
}

/// The bytes of a file, of each type that uploads of the same rows have.
pub(super) fn bytes(routes: &[Route], route: &Route) -> Map<String, Value> {
    let resource = route.binding.as_ref().map(|it| it.resource);
    let upload = routes.iter().find_map(|it| match &it.operation {
        Operation::Upload(upload) if it.binding.as_ref().map(|it| it.resource) == resource => {
            Some(upload)
        }
        _ => None,
    });
    let any = ["*/*".to_owned()];
    let types = upload.map(|it| it.media_types.as_slice()).filter(|it| !it.is_empty());
    let media = json!({ "schema": { "type": "string", "format": "binary" } });
    types.unwrap_or(&any).iter().map(|it| (it.clone(), media.clone())).collect()
}
