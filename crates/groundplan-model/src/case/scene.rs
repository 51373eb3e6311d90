//! [`Scene`]: what must be there before a request is made, from the plan's own create routes.
//!
//! The graph of who needs whom comes from foreign keys and from parents in paths. A row is made
//! once for a caller and used again, except where a key is unique by itself.

mod body;
mod bulk;
mod change;
mod file;
mod link;
mod look;
mod rule;
mod search;
mod session;
mod state;
mod steps;
mod unique;

pub(super) use bulk::Written;
pub(super) use look::{glance, list_check, row_check, whole_page, with_deleted};
pub(super) use rule::{answered, needs_answer};
pub(super) use state::allows;
pub(super) use unique::is_unique_alone;

use crate::ServicePlan;
use crate::service::{Operation, Resource, Route, Segment};

use super::check::Check;
use super::request::{Body, Caller, Headers, Item, Part, Request, RowId, State, Target};
use super::rows::Rows;
use super::value::{Size, Values};
use super::{Because, Case, Maker, Possible, Step, Work};

/// One case while it is put together.
pub(super) struct Scene<'a, 'p> {
    pub(super) plan: &'p ServicePlan,
    rows: &'a Rows,
    pub(super) values: &'a mut Values,
    steps: Vec<Step>,
    made: Vec<Made>,
    cleanup: Vec<Request>,
    making: Vec<usize>,
}

/// A row that the case has.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) resource: usize,
    pub(super) caller: usize,
    /// For columns that refer to other rows of the case: which.
    pub(super) links: Vec<(usize, RowId)>,
    /// What was sent for it.
    pub(super) sent: Vec<(String, Item)>,
}

/// The rows that a route's path parameters stand for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) row: Option<RowId>,
    pub(super) parent: Option<RowId>,
}

/// A body with the rows that it refers to.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled {
    pub(super) sent: Vec<(String, Item)>,
    pub(super) links: Vec<(usize, RowId)>,
}

/// What a case is about.
pub(super) struct About {
    pub(super) name: String,
    pub(super) rows: Vec<usize>,
    pub(super) because: Vec<Because>,
}

impl<'a, 'p> Scene<'a, 'p> {
    pub(super) fn new(plan: &'p ServicePlan, rows: &'a Rows, values: &'a mut Values) -> Self {
        let (steps, made, cleanup) = Default::default();
        Self { plan, rows, values, steps, made, cleanup, making: Vec::new() }
    }

    /// A row of `resource` that belongs to `caller`: a new one.
    pub(super) fn make(&mut self, resource: usize, caller: usize) -> Possible<RowId> {
        // Rules look at rows as the document's examples show them, not at the smallest ones.
        let has_rules = self.plan.routes.iter().any(|route| route.rule.is_some());
        let size = if has_rules { Size::Shown } else { Size::Usual };
        self.make_sized(resource, caller, size)
    }

    /// A new row of `resource` with the members of a size.
    pub(super) fn make_sized(
        &mut self,
        resource: usize,
        caller: usize,
        size: Size,
    ) -> Possible<RowId> {
        let (index, route) = self.maker(resource)?;
        let (request, filled) = self.creation(index, route, caller, size)?;
        let row = self.keep(resource, caller, filled);
        self.setup(request, Check::Made(row));
        Ok(row)
    }

    /// A row of `resource` that belongs to `caller`: the case's first one, or a new one.
    pub(super) fn any(&mut self, resource: usize, caller: usize) -> Possible<RowId> {
        let is_it = |made: &Made| made.resource == resource && made.caller == caller;
        let known = self.made.iter().position(is_it).map(RowId);
        known.map_or_else(|| self.make(resource, caller), Ok)
    }

    /// Remembers a row that a step makes, and how it is removed again.
    pub(super) fn keep(&mut self, resource: usize, caller: usize, filled: Filled) -> RowId {
        let row = RowId(self.made.len());
        self.made.push(Made { resource, caller, links: filled.links, sent: filled.sent });
        if let Some((index, _)) = self.route_of(resource, |it| *it == Operation::Delete)
            && let Ok(request) = self.request(index, self.place_of(index, row), caller)
        {
            self.cleanup.push(request);
        }
        row
    }

    pub(super) fn made(&self, row: RowId) -> Option<&Made> {
        self.made.get(row.0)
    }

    /// The request that makes a row by `route`, parents and references made before.
    pub(super) fn creation(
        &mut self,
        index: usize,
        route: &'p Route,
        caller: usize,
        size: Size,
    ) -> Possible<(Request, Filled)> {
        let resource = bound(route)?;
        let name = &self.resource(resource)?.name;
        if self.making.contains(&resource) {
            return Err(format!("rows of `{name}` need each other, so none can be the first"));
        }
        self.making.push(resource);
        let request = self.creation_within(index, route, caller, size);
        self.making.pop();
        request
    }

    fn creation_within(
        &mut self,
        index: usize,
        route: &'p Route,
        caller: usize,
        size: Size,
    ) -> Possible<(Request, Filled)> {
        self.needs(route)?;
        let parent = self.parent(route, caller)?;
        let mut filled = self.body(route, caller, size)?;
        if let Some((column, parent)) = parent {
            filled.links.push((column, parent));
        }
        let place = Place { row: None, parent: parent.map(|(_, row)| row) };
        let mut request = self.request(index, place, caller)?;
        request.body = Body::Object(filled.sent.clone());
        self.add_file(&mut request, route)?;
        Ok((request, filled))
    }

    /// The parent that the route's path names, with the column that refers to it.
    fn parent(&mut self, route: &Route, caller: usize) -> Possible<Option<(usize, RowId)>> {
        let Some(binding) = &route.binding else { return Ok(None) };
        let Some(parent) = &binding.parent else { return Ok(None) };
        let alone = is_unique_alone(self.resource(binding.resource)?, parent.foreign_key);
        let row = match alone {
            true => self.make(parent.resource, caller)?,
            false => self.any(parent.resource, caller)?,
        };
        Ok(Some((parent.foreign_key, row)))
    }

    /// The rows that `route` needs in its path, made now.
    pub(super) fn place(&mut self, index: usize, caller: usize) -> Possible<Place> {
        let route = self.route(index)?;
        let Some(binding) = &route.binding else { return Err("it has no binding".to_owned()) };
        if let Some(parent) = &binding.parent {
            match (&parent.through, &route.operation) {
                (Some(through), _) => return self.place_through(binding, parent, through, caller),
                (None, Operation::Link) => return self.ends(binding, parent, caller),
                (None, Operation::Unlink) => return self.linked_ends(binding, parent, caller),
                _ => {}
            }
        }
        let reads_child = route.operation == Operation::ReadSingleton;
        if binding.key.is_some() || reads_child {
            let row = self.make(binding.resource, caller)?;
            return Ok(self.place_of(index, row));
        }
        let parent = self.parent(route, caller)?;
        Ok(Place { row: None, parent: parent.map(|(_, row)| row) })
    }

    /// The place of a row that is there already.
    pub(super) fn place_of(&self, index: usize, row: RowId) -> Place {
        let binding = self.plan.routes.get(index).and_then(|route| route.binding.as_ref());
        let foreign_key = binding.and_then(|it| it.parent.as_ref()).map(|it| it.foreign_key);
        let links = self.made(row).map_or(&[][..], |made| &made.links);
        let parent = links.iter().find(|(column, _)| Some(*column) == foreign_key);
        Place { row: Some(row), parent: parent.map(|(_, row)| *row) }
    }

    /// A request to a route at a place, with no body yet.
    pub(super) fn request(&self, index: usize, place: Place, caller: usize) -> Possible<Request> {
        let route = self.route(index)?;
        let is_own = route.operation.is_bulk() || route.operation == Operation::Search;
        let has_body = route.takes_body() || is_own && route.operation.takes_body();
        Ok(Request {
            route: Some(index),
            method: route.method,
            target: Target::Path(self.path(route, place)?),
            query: Vec::new(),
            caller: Caller::Nth(caller),
            headers: Headers {
                if_match: self.wants_state(route).then_some(State::Any),
                ..Headers::default()
            },
            media_type: has_body.then_some("application/json"),
            body: if has_body { Body::Object(Vec::new()) } else { Body::None },
        })
    }

    /// Whether the document wants requests to name the row's state. Any state is one.
    fn wants_state(&self, route: &Route) -> bool {
        route.operation.changes_a_row() && self.plan.documents(route, 428)
    }

    fn path(&self, route: &Route, place: Place) -> Possible<Vec<Part>> {
        let part = |segment: &Segment| match segment {
            Segment::Literal(text) => Ok(Part::Text(text.clone())),
            Segment::Parameter(name) => self.parameter(route, place, name),
        };
        route.path.iter().map(part).collect()
    }

    fn parameter(&self, route: &Route, place: Place, name: &str) -> Possible<Part> {
        let unknown = || format!("nothing says what `{{{name}}}` in its path stands for");
        let binding = route.binding.as_ref().ok_or_else(unknown)?;
        let own = binding.key.as_ref().map(|key| (key, binding.resource, place.row));
        if let Some((key, resource, Some(row))) = own
            && key.parameter == name
            && matches!(route.operation, Operation::Link | Operation::Unlink)
        {
            let (target, referred) =
                self.refers_to(self.resource(resource)?, key.column).ok_or_else(unknown)?;
            return Ok(Part::Of(row, self.member(target, referred)?));
        }
        let parent = binding.parent.as_ref().map(|it| (&it.key, it.resource, place.parent));
        let of_it = own.into_iter().chain(parent).find(|(key, _, _)| key.parameter == name);
        let (key, resource, row) = of_it.ok_or_else(unknown)?;
        let row = row.ok_or_else(|| format!("there is no row for `{{{name}}}` in its path"))?;
        Ok(Part::Of(row, self.member(resource, key.column)?))
    }

    /// The request that `route` must answer with its success: one rule broken in it is the only
    /// one that is broken.
    pub(super) fn valid(&mut self, index: usize, caller: usize) -> Possible<(Request, Place)> {
        let route = self.route(index)?;
        match &route.operation {
            _ if route.makes_row() || route.operation == Operation::PutSingleton => {
                let (request, filled) = self.creation(index, route, caller, Size::Usual)?;
                let parent = route.binding.as_ref().and_then(|it| it.parent.as_ref());
                let is_parent = |(column, _): &&(usize, RowId)| {
                    parent.is_some_and(|it| it.foreign_key == *column)
                };
                let parent = filled.links.iter().find(is_parent).map(|(_, row)| *row);
                Ok((request, Place { row: None, parent }))
            }
            Operation::Session(session) => {
                Ok((self.session_request(index, session)?, Place::default()))
            }
            Operation::Transition(_) | Operation::Act => {
                let row = self.ready(index, caller)?;
                self.meet(route, row)?;
                let place = self.place_of(index, row);
                let mut request = self.request(index, place, caller)?;
                if route.takes_body() {
                    request.body = Body::Object(self.body(route, caller, Size::Usual)?.sent);
                }
                Ok((request, place))
            }
            Operation::CreateMany(bulk)
            | Operation::UpdateMany(bulk)
            | Operation::DeleteMany(bulk) => {
                let (request, place, _) = self.bulk(index, bulk, caller)?;
                Ok((request, place))
            }
            operation => {
                let place = self.place(index, caller)?;
                let mut request = self.request(index, place, caller)?;
                let whole = matches!(operation, Operation::Replace | Operation::Upsert);
                let is_value = route.binding.as_ref().is_some_and(|it| it.value.is_some());
                if whole || is_value && route.takes_body() || !route.members.is_empty() {
                    request.body = Body::Object(self.body(route, caller, Size::Usual)?.sent);
                }
                self.add_file(&mut request, route)?;
                Ok((request, place))
            }
        }
    }

    /// The steps so far, as a case.
    pub(super) fn case(mut self, about: About) -> Case {
        self.cleanup.reverse();
        let work = Work::Steps(self.steps);
        let About { name, rows, because } = about;
        Case { name, rows, because, work, cleanup: self.cleanup }
    }

    /// The steps so far, and what was made, taken out.
    pub(super) fn into_parts(mut self) -> (Vec<Step>, Vec<Request>) {
        self.cleanup.reverse();
        (self.steps, self.cleanup)
    }

    pub(super) fn route(&self, index: usize) -> Possible<&'p Route> {
        self.plan.routes.get(index).ok_or_else(|| "there is no such endpoint".to_owned())
    }

    pub(super) fn resource(&self, index: usize) -> Possible<&'p Resource> {
        self.plan.resources.get(index).ok_or_else(|| "there is no such resource".to_owned())
    }

    /// The name of a column's member.
    pub(super) fn member(&self, resource: usize, column: usize) -> Possible<String> {
        let field = self.resource(resource)?.fields.get(column);
        field.map(|it| it.name.clone()).ok_or_else(|| "there is no such column".to_owned())
    }

    /// The first route of `resource` whose operation is asked for.
    pub(super) fn route_of(
        &self,
        resource: usize,
        is_it: impl Fn(&Operation) -> bool,
    ) -> Option<(usize, &'p Route)> {
        let of_it = |route: &Route| bound(route) == Ok(resource) && is_it(&route.operation);
        self.plan.routes.iter().enumerate().find(|(_, route)| of_it(route))
    }

    fn maker(&self, resource: usize) -> Possible<(usize, &'p Route)> {
        let create = self.route_of(resource, |it| *it == Operation::Create);
        let maker = create
            .or_else(|| self.uploader(resource))
            .or_else(|| self.route_of(resource, |it| *it == Operation::PutSingleton));
        let name = self.resource(resource)?.table.name.as_str();
        maker.ok_or_else(|| format!("no endpoint creates a row of `{name}`"))
    }
}

impl<'p> Maker<'_, 'p> {
    /// A case about this route; skipped with the reason where it cannot be put together.
    pub(super) fn case(
        &mut self,
        about: About,
        build: impl FnOnce(&mut Scene<'_, 'p>) -> Possible<()>,
    ) -> Case {
        let mut scene = Scene::new(self.plan, self.rows, self.values);
        match build(&mut scene) {
            Ok(()) => scene.case(about),
            Err(reason) => about.skipped(reason),
        }
    }
}

impl About {
    /// A case about which nothing can be done.
    pub(super) fn skipped(self, reason: String) -> Case {
        let About { name, rows, because } = self;
        Case { name, rows, because, work: Work::Skipped(reason), cleanup: Vec::new() }
    }

    /// A case that no request causes.
    pub(super) fn not_provoked(self, reason: String) -> Case {
        Case { work: Work::NotProvoked(reason), ..self.skipped(String::new()) }
    }
}

/// The resource that a route works on.
pub(super) fn bound(route: &Route) -> Possible<usize> {
    let binding = route.binding.as_ref();
    binding.map(|it| it.resource).ok_or_else(|| "it works on no table".to_owned())
}
