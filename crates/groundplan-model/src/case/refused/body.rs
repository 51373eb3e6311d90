//! Bodies and parameters that do not fit.

use serde_json::Value;

use crate::case::check::{Check, ErrorCheck};
use crate::case::fault::{self, Fault};
use crate::case::request::{Body, Item};
use crate::case::scene::Scene;
use crate::case::{Case, Maker, Possible};
use crate::service::Refusal;

use super::{about, because, case, check};

/// The smallest body that is too large.
const TOO_LARGE_BYTES: usize = 1024 * 1024 + 1;

pub(super) fn malformed(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    let mut texts = vec![
        ("with a body that ends too early", "{\"a\": "),
        ("with a body that is no object", "[]"),
    ];
    if maker.route.operation.is_bulk() {
        // A body of many rows may be an array.
        texts.truncate(1);
    }
    let one = |(name, text): (&str, &str)| {
        case(maker, Refusal::MalformedBody, name, |scene, check| {
            with_body(scene, index, check, |_| Body::Text(text.to_owned()))
        })
    };
    texts.into_iter().map(one).collect()
}

pub(super) fn media_type(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    let name = "with `Content-Type: text/plain`";
    vec![case(maker, Refusal::UnsupportedMediaType, name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.media_type = Some("text/plain");
        scene.test(request, check);
        Ok(())
    })]
}

pub(super) fn too_large(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    let name = "with a body of 1 MiB and one byte";
    vec![case(maker, Refusal::TooLarge, name, |scene, check| {
        with_body(scene, index, check, |sent| Body::Padded(sent, TOO_LARGE_BYTES))
    })]
}

fn with_body(
    scene: &mut Scene<'_, '_>,
    index: usize,
    check: Check,
    spoil: impl FnOnce(Vec<(String, Item)>) -> Body,
) -> Possible<()> {
    let (mut request, _) = scene.valid(index, 0)?;
    let sent = match request.body {
        Body::Object(sent) => sent,
        _ => Vec::new(),
    };
    request.body = spoil(sent);
    scene.test(request, check);
    Ok(())
}

/// Every member, broken in every way that its column has.
pub(super) fn fields(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if maker.route.operation.is_bulk() {
        return vec![no_rows(maker)];
    }
    let binding = maker.route.binding.as_ref();
    let resource = binding.and_then(|it| maker.plan.resources.get(it.resource));
    let Some(resource) = resource else { return Vec::new() };
    let mut cases = Vec::new();
    for fault in fault::of(maker.route, resource, maker.values) {
        let column = fault.column.and_then(|column| resource.column(column));
        let case = field(maker, fault);
        cases.push(match column {
            Some(it) => because(case, it.span, format!("column `{}` makes the rule", it.name)),
            None => case,
        });
    }
    cases
}

/// A write of many rows that names none.
fn no_rows(maker: &mut Maker<'_, '_>) -> Case {
    let index = maker.index;
    case(maker, Refusal::InvalidField, "with no row at all", |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        if let Body::Many(many) = &mut request.body {
            many.rows.clear();
            many.keys.clear();
        }
        scene.test(request, check);
        Ok(())
    })
}

fn field(maker: &mut Maker<'_, '_>, fault: Fault) -> Case {
    let index = maker.index;
    let about = about(maker, Refusal::InvalidField, &fault.name);
    let field = Some(fault.member.clone());
    let check = ErrorCheck { field, ..check(maker, Refusal::InvalidField) };
    maker.case(about, |scene| {
        with_body(scene, index, Check::Error(check), |mut sent| {
            sent.retain(|(name, _)| *name != fault.member);
            sent.extend(fault.value.map(|value| (fault.member, Item::Is(value))));
            Body::Object(sent)
        })
    })
}

pub(super) fn parameters(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let mut wrong: Vec<(String, Value)> = Vec::new();
    if let Some(paging) = &maker.route.query.paging {
        let outside = [Value::from("abc"), Value::from(0)];
        wrong.extend(outside.map(|value| (paging.limit.clone(), value)));
    }
    wrong.push((UNKNOWN.to_owned(), Value::from(1)));
    wrong.into_iter().map(|(parameter, value)| wrong_parameter(maker, &parameter, value)).collect()
}

/// A parameter that no endpoint has.
const UNKNOWN: &str = "verify_unknown";

fn wrong_parameter(maker: &mut Maker<'_, '_>, parameter: &str, value: Value) -> Case {
    let index = maker.index;
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let name = match parameter {
        UNKNOWN => "with an unknown parameter".to_owned(),
        parameter => format!("with `{parameter}={shown}`"),
    };
    case(maker, Refusal::InvalidParameter, &name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.query.push((parameter.to_owned(), Item::Is(value)));
        scene.test(request, check);
        Ok(())
    })
}
