//! Looking whether what a service answered is also true.

use serde_json::Value;

use crate::service::{Operation, Refusal, Role, Route};

use super::{Scene, bound};
use crate::case::Possible;
use crate::case::check::{Check, ErrorCheck, ListCheck, Only, RowCheck};
use crate::case::request::{Item, Request, RowId};

impl<'p> Scene<'_, 'p> {
    /// Adds looks at a row that must be there, as it was answered last.
    pub(in crate::case) fn shows(&mut self, row: RowId) -> Possible<()> {
        let Some((resource, caller)) = self.whose(row) else { return Ok(()) };
        if let Some((index, route)) = self.reader(resource) {
            let request = self.request(index, self.place_of(index, row), caller)?;
            let check = RowCheck { same_as: Some(row), ..glance(route)? };
            self.after(request, Check::Row(check));
        }
        self.listed(row, true)
    }

    /// Adds looks at a row that must not be there any more.
    pub(in crate::case) fn gone(&mut self, row: RowId) -> Possible<()> {
        let Some((resource, caller)) = self.whose(row) else { return Ok(()) };
        if let Some((index, route)) = self.reader(resource) {
            let request = self.request(index, self.place_of(index, row), caller)?;
            let status = self.plan.refusal_status(route, Refusal::NotFound);
            self.after(request, Check::Error(ErrorCheck::new(status, Refusal::NotFound)));
        }
        self.listed(row, false)
    }

    /// Adds a look into the list in which the row must be, or must not be.
    fn listed(&mut self, row: RowId, there: bool) -> Possible<()> {
        let Some((resource, caller)) = self.whose(row) else { return Ok(()) };
        let Some((index, route)) = self.lister(resource) else { return Ok(()) };
        let Ok(mut request) = self.request(index, self.place_of(index, row), caller) else {
            return Ok(());
        };
        let page = whole_page(&mut request, route);
        let (contains, lacks) = if there { (vec![row], vec![]) } else { (vec![], vec![row]) };
        let check = ListCheck { contains, lacks, whole: false, ..list_check(route, page)? };
        self.after(request, Check::List(check));
        Ok(())
    }

    fn whose(&self, row: RowId) -> Option<(usize, usize)> {
        self.made(row).map(|made| (made.resource, made.caller))
    }

    /// The route that lists rows of `resource`.
    pub(in crate::case) fn lister(&self, resource: usize) -> Option<(usize, &'p Route)> {
        let lists = |route: &Route| {
            let parent = route.binding.as_ref().and_then(|it| it.parent.as_ref());
            let is_own = parent.is_none_or(|it| it.through.is_none());
            route.operation == Operation::List && is_own && bound(route) == Ok(resource)
        };
        self.plan.routes.iter().enumerate().find(|(_, route)| lists(route))
    }

    /// The route that reads one row of `resource`.
    pub(in crate::case) fn reader(&self, resource: usize) -> Option<(usize, &'p Route)> {
        let reads = |route: &Route| {
            let binding = route.binding.as_ref();
            let is_whole = binding.is_some_and(|it| it.value.is_none());
            let is_own = binding
                .is_some_and(|it| it.parent.as_ref().is_none_or(|parent| parent.through.is_none()));
            matches!(route.operation, Operation::Read | Operation::ReadSingleton)
                && is_whole
                && is_own
                && bound(route) == Ok(resource)
        };
        self.plan.routes.iter().enumerate().find(|(_, route)| reads(route))
    }

    /// Members of `resource` that change by themselves when the row does.
    pub(in crate::case) fn changing(&self, resource: usize) -> Possible<Vec<String>> {
        let fields = self.resource(resource)?.fields.iter();
        let changes = |role: Role| matches!(role, Role::UpdatedAt | Role::Version | Role::ReadOnly);
        Ok(fields.filter(|it| changes(it.role)).map(|it| it.name.clone()).collect())
    }
}

/// A row as `route` answers it.
pub(in crate::case) fn row_check(route: &Route) -> Possible<RowCheck> {
    Ok(RowCheck {
        status: route.success,
        resource: bound(route)?,
        known: Vec::new(),
        same_as: None,
        except: Vec::new(),
        keep: None,
        whole: true,
        shown: members(route.response_example.as_ref()),
        location: false,
    })
}

/// A look at a row, of which only what is asked for matters.
pub(in crate::case) fn glance(route: &Route) -> Possible<RowCheck> {
    Ok(RowCheck { whole: false, shown: Vec::new(), ..row_check(route)? })
}

/// A list as `route` answers it.
pub(in crate::case) fn list_check(route: &Route, page: usize) -> Possible<ListCheck> {
    Ok(ListCheck {
        paging: route.query.paging.clone(),
        except: Vec::new(),
        fits: Vec::new(),
        order: None,
        members: None,
        include: None,
        status: route.success,
        resource: bound(route)?,
        shape: route.list.clone(),
        contains: Vec::new(),
        lacks: Vec::new(),
        page,
        only: Only::Never,
        whole: true,
        shown: members(shown_item(route)),
    })
}

/// The first item of the documented list.
fn shown_item(route: &Route) -> Option<&Value> {
    let example = route.response_example.as_ref()?;
    route.list.items(example)?.first()
}

fn members(value: Option<&Value>) -> Vec<String> {
    let members = value.and_then(Value::as_object);
    members.map(|it| it.keys().cloned().collect()).unwrap_or_default()
}

/// Asks for the largest page; its number of rows.
pub(in crate::case) fn whole_page(request: &mut Request, route: &Route) -> usize {
    let Some(paging) = &route.query.paging else { return 100 };
    request.query.push((paging.limit.clone(), Item::Is(paging.max.into())));
    usize::try_from(paging.max).unwrap_or(usize::MAX)
}

/// Asks for rows that are marked as deleted, too.
pub(in crate::case) fn with_deleted(route: &Route) -> Option<(String, Item)> {
    let deleted = route.query.deleted.as_ref()?;
    Some((deleted.parameter.clone(), Item::Is(true.into())))
}
