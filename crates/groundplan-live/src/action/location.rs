//! `Location`: the address of the row that a create has made.

use crate::store::Cell;
use groundplan_model::service::{Operation, Resource, Route, Segment, ServicePlan};

use crate::action::Draft;
use crate::percent::encode;
use crate::place::position;

/// How to write a new row's address.
#[derive(Debug)]
pub(super) struct Location {
    parts: Vec<Part>,
    /// The column that the address ends with.
    pub(super) column: usize,
}

#[derive(Debug)]
enum Part {
    /// As it stands in the address.
    Literal(String),
    /// A parameter of the create's own path.
    Parameter(usize),
    /// The row's key.
    Key,
}

impl Part {
    fn literal(text: &str) -> Self {
        Self::Literal(encode(text).to_string())
    }
}

impl Location {
    /// From the route that reads such a row; else the create's own path and the key. `None` where
    /// rows have no single key.
    pub(super) fn new(draft: &Draft<'_>) -> Option<Self> {
        let own_index = draft.route.binding.as_ref().map(|it| it.resource);
        let mut reads = draft.plan.routes.iter().filter(|route| {
            route.operation == Operation::Read
                && route.binding.as_ref().map(|it| it.resource) == own_index
        });
        let by_route = reads.find_map(|read| Self::of_read(draft.plan, draft.route, read));
        by_route.or_else(|| Self::below(draft.route, draft.resource))
    }

    fn of_read(plan: &ServicePlan, create: &Route, read: &Route) -> Option<Self> {
        let binding = read.binding.as_ref()?;
        let key = binding.key.as_ref()?;
        plan.resources.get(binding.resource)?.column(key.column)?;
        let part = |segment: &Segment| match segment {
            Segment::Literal(text) => Some(Part::literal(text)),
            Segment::Parameter(name) if *name == key.parameter => Some(Part::Key),
            Segment::Parameter(name) => position(create, name).map(Part::Parameter),
        };
        let parts = read.path.iter().map(part).collect::<Option<_>>()?;
        Some(Self { parts, column: key.column })
    }

    fn below(create: &Route, resource: &Resource) -> Option<Self> {
        let column = resource.key_index()?;
        let mut position = 0..;
        let part = |segment: &Segment| match segment {
            Segment::Literal(text) => Part::literal(text),
            Segment::Parameter(_) => Part::Parameter(position.next().unwrap_or(0)),
        };
        let mut parts: Vec<Part> = create.path.iter().map(part).collect();
        parts.push(Part::Key);
        Some(Self { parts, column })
    }

    /// The address of the row with `key`, where the create's path had `params`.
    pub(super) fn write(&self, key: &Cell, params: &[impl AsRef<str>]) -> String {
        let mut address = String::with_capacity(96);
        for part in &self.parts {
            address.push('/');
            match part {
                Part::Literal(text) => address.push_str(text),
                Part::Parameter(at) => {
                    address.extend(encode(params.get(*at).map_or("", AsRef::as_ref)));
                }
                Part::Key => match key {
                    Cell::Text(text) => address.extend(encode(text)),
                    Cell::Integer(number) => address.push_str(&number.to_string()),
                    _ => {}
                },
            }
        }
        address
    }
}
