//! Links between two rows: made once and again, seen, and taken away once and again.

use crate::case::check::{Check, ListCheck, Only};
use crate::case::scene::{Place, Scene, bound, list_check};
use crate::case::{Case, Maker, Possible};
use crate::service::{Operation, Route};

use super::about;

pub(super) fn link(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    twice(maker, true)
}

pub(super) fn unlink(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    twice(maker, false)
}

/// The same request twice: the second changes nothing, and is no fault.
fn twice(maker: &mut Maker<'_, '_>, there: bool) -> Vec<Case> {
    let (about, index, route) = (about(maker, "made twice"), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let place = scene.place(index, 0)?;
        for _ in 0..2 {
            let request = scene.request(index, place, 0)?;
            let check = match route.success {
                204 => Check::Empty(204),
                _ => Check::Done,
            };
            scene.test(request, check);
        }
        shown(scene, route, place, there)
    });
    vec![case]
}

/// Whether the list over the junction has the row, where there is such a list.
fn shown(scene: &mut Scene<'_, '_>, link: &Route, place: Place, there: bool) -> Possible<()> {
    let junction = bound(link)?;
    let over = scene.plan.routes.iter().enumerate().find(|(_, route)| {
        let parent = route.binding.as_ref().and_then(|it| it.parent.as_ref());
        let through = parent.and_then(|it| it.through.as_ref());
        route.operation == Operation::List && through.is_some_and(|it| it.resource == junction)
    });
    let Some((index, route)) = over else { return Ok(()) };
    let first = |route: &Route| route.binding.as_ref()?.parent.as_ref().map(|it| it.resource);
    // The list may stand below the other one of the two.
    let (row, parent) = match first(route) == first(link) {
        true => (place.row, place.parent),
        false => (place.parent, place.row),
    };
    let Some(row) = row else { return Ok(()) };
    let request = scene.request(index, Place { row: None, parent }, 0)?;
    let (contains, lacks) = if there { (vec![row], vec![]) } else { (vec![], vec![row]) };
    let only = Only::Always;
    let check = ListCheck { contains, lacks, only, whole: false, ..list_check(route, 100)? };
    scene.after(request, Check::List(check));
    Ok(())
}
