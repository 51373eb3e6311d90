//! Figures, files and writes of many rows.

use crate::case::check::{Check, FiguresCheck, FileCheck, ManyCheck, RowCheck};
use crate::case::scene::{Scene, Written, bound, glance};
use crate::case::{Case, Maker, Possible};
use crate::service::{Aggregate, Bulk, Export, ExportFormat, Route};

use super::list::{only, rows};
use super::{about, create};

/// Figures over rows that the case made, among others maybe.
pub(super) fn figures(maker: &mut Maker<'_, '_>, figures: &Aggregate) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let (place, made) = rows(scene, index, route)?;
        let check = FiguresCheck {
            status: route.success,
            resource: bound(route)?,
            figures: figures.clone(),
            rows: made,
            only: only(scene, route)?,
        };
        let request = scene.request(index, place, 0)?;
        scene.test(request, Check::Figures(check));
        Ok(())
    });
    vec![case]
}

/// A file with the rows that the case made.
pub(super) fn export(maker: &mut Maker<'_, '_>, export: &Export) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let (place, contains) = rows(scene, index, route)?;
        let format = export.formats.first().copied().unwrap_or(ExportFormat::Csv);
        let resource = bound(route)?;
        let check = FileCheck { status: route.success, resource, format, contains };
        let request = scene.request(index, place, 0)?;
        scene.test(request, Check::File(check));
        Ok(())
    });
    vec![case]
}

/// Two rows at once, and whether that is true afterwards.
pub(super) fn write(maker: &mut Maker<'_, '_>, bulk: &Bulk) -> Vec<Case> {
    let (about, index, route) = (about(maker, "of two rows"), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let (request, _, written) = scene.bulk(index, bulk, 0)?;
        let check = ManyCheck {
            status: route.success,
            resource: bound(route)?,
            answer: bulk.answer.clone(),
            rows: Vec::new(),
            keep: Vec::new(),
        };
        match written {
            Written::New(bodies) => {
                let known = bodies.iter().map(|it| create::known(scene, route, it));
                let rows = known.collect::<Possible<Vec<_>>>()?;
                let resource = bound(route)?;
                let keep = bodies.into_iter().map(|it| scene.keep(resource, 0, it)).collect();
                scene.test(request, Check::Many(ManyCheck { rows, keep, ..check }));
                Ok(())
            }
            Written::Changed(changes) => {
                let rows = changes.iter().map(|(_, change)| change.clone()).collect();
                scene.test(request, Check::Many(ManyCheck { rows, ..check }));
                changes.into_iter().try_for_each(|(row, known)| changed(scene, row, known))
            }
            Written::Gone(rows) => {
                let each = rows.iter().map(|_| Vec::new()).collect();
                scene.test(request, Check::Many(ManyCheck { rows: each, ..check }));
                rows.into_iter().try_for_each(|row| scene.gone(row))
            }
        }
    });
    vec![case]
}

/// A look at a row that must have changed.
fn changed<'p>(
    scene: &mut Scene<'_, 'p>,
    row: crate::case::RowId,
    known: Vec<(String, crate::case::Item)>,
) -> Possible<()> {
    let Some(resource) = scene.made(row).map(|made| made.resource) else { return Ok(()) };
    let Some((index, route)): Option<(usize, &'p Route)> = scene.reader(resource) else {
        return Ok(());
    };
    let request = scene.request(index, scene.place_of(index, row), 0)?;
    let check = RowCheck { known, ..glance(route)? };
    scene.after(request, Check::Row(check));
    Ok(())
}
