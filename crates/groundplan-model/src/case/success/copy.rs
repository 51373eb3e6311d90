//! Answers that are kept: a copy for whoever asks again, and none after a write.

use crate::case::check::{Check, ListCheck, RowCheck, Says};
use crate::case::scene::{Scene, bound, list_check, row_check, whole_page};
use crate::case::{Case, Maker, Possible};
use crate::document::PromisedHeader;
use crate::service::{Operation, Route};

use super::{about, list};

/// Only where the document says that answers tell: a copy is not to be seen else.
pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (index, route) = (maker.index, maker.route);
    if route.promises(PromisedHeader::XCache).is_none() {
        return Vec::new();
    }
    let about = about(maker, "twice, and again after a write");
    let case = maker.case(about, |scene| match route.operation {
        Operation::List => rows(scene, index, route),
        _ => row(scene, index, route),
    });
    vec![case]
}

fn row<'p>(scene: &mut Scene<'_, 'p>, index: usize, route: &'p Route) -> Possible<()> {
    let place = scene.place(index, 0)?;
    let request = scene.request(index, place, 0)?;
    // One value of a row cannot be compared with the whole of it.
    let is_whole = route.binding.as_ref().is_none_or(|it| it.value.is_none());
    let same_as = place.row.filter(|_| is_whole);
    let check = RowCheck { same_as, whole: is_whole, ..row_check(route)? };
    for says in [Says::NoCopy, Says::Copy] {
        scene.test(request.clone(), Check::Row(check.clone()));
        scene.says(says);
    }
    if let Some(row) = place.row
        && scene.change(row)?
    {
        scene.test(request, Check::Row(check));
        scene.says(Says::NoCopy);
    }
    Ok(())
}

fn rows<'p>(scene: &mut Scene<'_, 'p>, index: usize, route: &'p Route) -> Possible<()> {
    let resource = bound(route)?;
    let first = scene.make(resource, 0)?;
    let mut request = scene.request(index, scene.place_of(index, first), 0)?;
    let page = whole_page(&mut request, route);
    let check = ListCheck { contains: vec![first], ..list_check(route, page)? };
    for says in [Says::NoCopy, Says::Copy] {
        scene.test(request.clone(), Check::List(check.clone()));
        scene.says(says);
    }
    if list::most_rows(scene, route)? > 1 {
        let second = scene.make(resource, 0)?;
        let check = ListCheck { contains: vec![first, second], ..check };
        scene.test(request, Check::List(check));
        scene.says(Says::NoCopy);
    }
    Ok(())
}
