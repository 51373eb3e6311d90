//! Files: what was sent is told of, and comes back unchanged.

use crate::case::check::{Check, RowCheck};
use crate::case::file::DownloadCheck;
use crate::case::request::{Body, RowId};
use crate::case::scene::{Scene, bound, row_check};
use crate::case::value::Size;
use crate::case::{Case, Item, Maker, Possible};
use crate::service::{Operation, Resource, Route, Upload};

use super::about;

/// A file of each documented type, with the least and with all other parts.
pub(super) fn upload(maker: &mut Maker<'_, '_>, upload: &Upload) -> Vec<Case> {
    let types: Vec<Option<&String>> = match upload.media_types.as_slice() {
        [] => vec![None],
        types => types.iter().map(Some).collect(),
    };
    let one = |media_type: Option<&String>| {
        let name = media_type.map(|it| format!("with a file of type `{it}`"));
        let (about, index) = (about(maker, name.as_deref().unwrap_or("with a file")), maker.index);
        let media_type = media_type.cloned();
        maker.case(about, |scene| sent(scene, index, media_type.as_deref()))
    };
    types.into_iter().map(one).collect()
}

fn sent(scene: &mut Scene<'_, '_>, index: usize, media_type: Option<&str>) -> Possible<()> {
    let route = scene.route(index)?;
    let file = scene.file(route, media_type)?;
    let told = told(scene.resource(bound(route)?)?, &file);
    let row = match route.makes_row() {
        true => {
            let (mut request, filled) = scene.creation(index, route, 0, Size::Largest)?;
            scene.put_file(&mut request, route, file.clone());
            let mut known = filled.sent.clone();
            known.extend(scene.implied(route, 0, &filled)?);
            known.extend(told);
            let row = scene.keep(bound(route)?, 0, filled);
            let location = route.success == 201;
            let check = RowCheck { known, keep: Some(row), location, ..row_check(route)? };
            scene.test(request, Check::Row(check));
            row
        }
        false => {
            let row = scene.make(bound(route)?, 0)?;
            let mut request = scene.request(index, scene.place_of(index, row), 0)?;
            scene.put_file(&mut request, route, file.clone());
            let check = RowCheck { known: told, keep: Some(row), ..row_check(route)? };
            scene.test(request, Check::Row(check));
            row
        }
    };
    scene.shows(row)?;
    comes_back(scene, row, file)
}

/// The members that tell of a file, as they must be.
fn told(resource: &Resource, file: &crate::case::File) -> Vec<(String, Item)> {
    let Some(columns) = resource.file_columns() else { return Vec::new() };
    let member = |at: Option<usize>, value: serde_json::Value| {
        let field = resource.fields.get(at?)?;
        Some((field.name.clone(), Item::Is(value)))
    };
    let told = [
        member(columns.name, file.name.clone().into()),
        member(columns.media_type, file.media_type.clone().into()),
        member(columns.size, file.bytes.into()),
    ];
    told.into_iter().flatten().collect()
}

/// Downloads the file again, where an endpoint gives it out.
fn comes_back(scene: &mut Scene<'_, '_>, row: RowId, file: crate::case::File) -> Possible<()> {
    let Some(resource) = scene.made(row).map(|made| made.resource) else { return Ok(()) };
    let Some((index, route)) = scene.route_of(resource, |it| *it == Operation::Download) else {
        return Ok(());
    };
    let request = scene.request(index, scene.place_of(index, row), 0)?;
    let check = DownloadCheck { status: route.success, file };
    scene.after(request, Check::Download(check));
    Ok(())
}

pub(super) fn download(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    vec![maker.case(about, |scene| {
        let (row, file) = scene.with_file(bound(route)?)?;
        let request = scene.request(index, scene.place_of(index, row), 0)?;
        let check = DownloadCheck { status: route.success, file };
        scene.test(request, Check::Download(check));
        Ok(())
    })]
}

impl<'p> Scene<'_, 'p> {
    /// A file that an upload takes: of this media type, or of the first one.
    pub(in crate::case) fn file(
        &mut self,
        route: &Route,
        media_type: Option<&str>,
    ) -> Possible<crate::case::File> {
        let Operation::Upload(upload) = &route.operation else {
            return Err("it takes no file".to_owned());
        };
        let first = upload.media_types.first().map(String::as_str);
        let media_type = media_type.or(first).unwrap_or("application/octet-stream");
        let media_type = media_type.replace("/*", "/png");
        let seed = self.values.uuid();
        let name = format!("{} ä;1.bin", seed.get(..8).unwrap_or_default());
        let bytes = upload.limit_bytes.min(4096);
        Ok(crate::case::File { name, media_type, seed, bytes })
    }

    /// Puts the file into a request whose other parts are there.
    pub(in crate::case) fn put_file(
        &self,
        request: &mut crate::case::Request,
        route: &Route,
        file: crate::case::File,
    ) {
        let Operation::Upload(upload) = &route.operation else { return };
        let texts = match std::mem::replace(&mut request.body, Body::None) {
            Body::Object(texts) => texts,
            Body::Form(form) => form.texts,
            _ => Vec::new(),
        };
        let file = Some(crate::case::FormFile { part: upload.part.clone(), file });
        request.media_type = Some(crate::case::file::FORM);
        request.body = Body::Form(Box::new(crate::case::Form { texts, file }));
    }

    /// A row with a file.
    fn with_file(&mut self, resource: usize) -> Possible<(RowId, crate::case::File)> {
        let takes = |it: &Operation| matches!(it, Operation::Upload(_));
        let uploads = self.route_of(resource, takes);
        let (index, route) = uploads.ok_or_else(|| "no endpoint takes its file".to_owned())?;
        let file = self.file(route, None)?;
        if route.makes_row() {
            let (mut request, filled) = self.creation(index, route, 0, Size::Usual)?;
            self.put_file(&mut request, route, file.clone());
            let row = self.keep(resource, 0, filled);
            self.setup(request, Check::Made(row));
            return Ok((row, file));
        }
        let row = self.make(resource, 0)?;
        let mut request = self.request(index, self.place_of(index, row), 0)?;
        self.put_file(&mut request, route, file.clone());
        self.setup(request, Check::Done);
        Ok((row, file))
    }
}
