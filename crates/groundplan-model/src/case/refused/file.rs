//! Forms whose file does not fit: too large, of another type, not there.

use crate::case::check::{Check, ErrorCheck};
use crate::case::request::Body;
use crate::case::{Case, Form, Maker, Possible};
use crate::service::{Operation, Refusal, Upload};

use super::{about, case, check};

/// Files beyond this are not sent.
const FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A type that nobody lists.
const OTHER_TYPE: &str = "application/x-groundplan-verify";

fn upload<'p>(maker: &Maker<'_, 'p>) -> Option<&'p Upload> {
    match &maker.route.operation {
        Operation::Upload(upload) => Some(upload),
        _ => None,
    }
}

pub(super) fn malformed(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    let name = "with a form that ends too early";
    vec![case(maker, Refusal::MalformedBody, name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        let open = format!("--{}\r\nContent-Disposition: form-data; ", crate::case::BOUNDARY);
        request.body = Body::Text(open);
        scene.test(request, check);
        Ok(())
    })]
}

pub(super) fn media_type(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(upload) = upload(maker) else { return Vec::new() };
    let index = maker.index;
    let name = "with `Content-Type: text/plain`";
    let mut cases = vec![case(maker, Refusal::UnsupportedMediaType, name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.media_type = Some("text/plain");
        scene.test(request, check);
        Ok(())
    })];
    if !upload.takes(OTHER_TYPE) {
        let name = format!("with a file of type `{OTHER_TYPE}`");
        cases.push(case(maker, Refusal::UnsupportedMediaType, &name, |scene, check| {
            with_form(scene, index, check, |form| {
                if let Some(it) = &mut form.file {
                    OTHER_TYPE.clone_into(&mut it.file.media_type);
                }
            })
        }));
    }
    cases
}

pub(super) fn too_large(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(upload) = upload(maker) else { return Vec::new() };
    let (index, limit) = (maker.index, upload.limit_bytes);
    let name = format!("with a file of {} bytes, one more than allowed,", limit.saturating_add(1));
    if limit > FILE_BYTES {
        let reason = format!("it would take a file of more than {FILE_BYTES} bytes");
        return vec![about(maker, Refusal::TooLarge, &name).not_provoked(reason)];
    }
    vec![case(maker, Refusal::TooLarge, &name, |scene, check| {
        with_form(scene, index, check, |form| {
            if let Some(it) = &mut form.file {
                it.file.bytes = limit + 1;
            }
        })
    })]
}

pub(super) fn without(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(upload) = upload(maker) else { return Vec::new() };
    let (index, part) = (maker.index, upload.part.clone());
    let about = about(maker, Refusal::InvalidField, &format!("without the part `{part}`"));
    let check = ErrorCheck { field: Some(part), ..check(maker, Refusal::InvalidField) };
    vec![
        maker.case(about, |scene| {
            with_form(scene, index, Check::Error(check), |form| form.file = None)
        }),
    ]
}

fn with_form(
    scene: &mut crate::case::scene::Scene<'_, '_>,
    index: usize,
    check: Check,
    spoil: impl FnOnce(&mut Form),
) -> Possible<()> {
    let (mut request, _) = scene.valid(index, 0)?;
    if let Body::Form(form) = &mut request.body {
        spoil(form);
    }
    scene.test(request, check);
    Ok(())
}
