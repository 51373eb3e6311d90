//! Outlines: what a document defines and what it refers to.
//!
//! An outline is what linking reads, and all that it reads: small enough to hold ten thousand of
//! them, free of the text, and kept between runs by the digest of the text that it was made from.

use groundplan_syntax::Span;
use serde::{Deserialize, Serialize};

use crate::chain::{Linkable, Stage, header_links};
use crate::document::{
    ChecklistItem, Endpoint, ErrorCase, Form, HeaderField, Link, Mention, Method, Question,
    Requirement, Section, Status, Target, Text,
};
use crate::profile::Kind;
use crate::schema::{ColumnType, NameUse, Table};
use crate::{Certainty, Document, Provenance, links};

mod anchors;
mod file_names;

pub use anchors::plain_anchor;

/// What a document defines and what it refers to. Places are byte spans of its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Its path, as it is printed.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Its family.
    pub profile: String,
    /// The first heading of level one.
    pub title: Option<Text>,
    /// The first line; what is about the whole document points there where it has no title.
    pub first_line: Span,
    /// The status that its header states.
    pub status: Option<Status>,
    /// Whether it is a template.
    pub is_template: bool,
    /// Header fields in order.
    pub header: Vec<HeaderField>,
    /// Paths that header fields link to or name.
    pub header_links: Vec<String>,
    /// Headings with what lies under them.
    pub sections: Vec<Section>,
    /// Anchors that are given by hand, as [`plain_anchor`] writes them.
    pub anchors: Vec<String>,
    /// Links into the workspace.
    pub links: Vec<OutlineLink>,
    /// Markdown files that are named without a link.
    pub file_mentions: Vec<Mention>,
    /// Paths of files in backticks, each once.
    pub source_paths: Vec<Text>,
    /// Every place that names one of them.
    pub source_path_uses: Vec<Text>,
    /// Names of Markdown files with a bar in them, `001_PRD|Orders.md`, in order.
    pub barred_names: Vec<Text>,
    /// Tables that it defines, in order; those that it defines again follow the others.
    pub tables: Vec<OutlineTable>,
    /// Tables and columns that it names.
    pub table_uses: Vec<NameUse>,
    /// Endpoints that it states.
    pub endpoints: Vec<OutlineEndpoint>,
    /// Endpoints that it names in passing.
    pub endpoint_mentions: Vec<OutlineEndpoint>,
    /// Requirements, stories and criteria that it defines.
    pub requirements: Vec<Requirement>,
    /// Ids of requirements that it cites and does not define.
    pub requirement_refs: Vec<Text>,
    /// Those of them that stand in code or in quotes, and may be examples; in order.
    pub quoted_refs: Vec<Span>,
    /// Ends of ranges of ids that it cites.
    pub requirement_ranges: Vec<(String, String)>,
    /// Every place that cites a requirement, own ones and the inner ones of ranges too.
    pub citations: Vec<Text>,
    /// Names of components.
    pub components: Vec<Text>,
    /// Names of environment variables.
    pub env_vars: Vec<Text>,
    /// Error answers.
    pub errors: Vec<ErrorCase>,
    /// Targets and alerts.
    pub targets: Vec<OutlineTarget>,
    /// Items with a box.
    pub tasks: Vec<ChecklistItem>,
    /// Names of what was decided, with their places.
    pub decisions: Vec<Text>,
    /// Open questions.
    pub questions: Vec<Question>,
    /// What it was made from.
    pub provenance: Option<Provenance>,
    /// Places of the provenance's sources, in order.
    pub source_places: Vec<Span>,
}

/// A link into the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineLink {
    /// The path, decoded, without fragment; empty for the document itself.
    pub path: String,
    /// The fragment, decoded.
    pub anchor: Option<String>,
    /// The whole link.
    pub span: Span,
    /// The path as it is written in the link.
    pub path_span: Option<Span>,
    /// The fragment as it is written, without `#`.
    pub anchor_span: Option<Span>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineTable {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its columns, in order.
    pub columns: Vec<OutlineColumn>,
    /// Whether the document has defined it before.
    pub again: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineColumn {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Its type.
    pub ty: ColumnType,
    /// The type as written.
    pub declared: String,
    /// Whether NULL is refused.
    pub not_null: bool,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineEndpoint {
    /// Its method.
    pub method: Method,
    /// Its path with the base path that the document states for it.
    pub path: String,
    /// Where method and path stand.
    pub span: Span,
    /// The form it was read from.
    pub form: Form,
    /// How sure the reading is.
    pub certainty: Certainty,
    /// Whether another service answers it.
    pub external: bool,
    /// The statuses of success that it states.
    pub successes: Vec<u16>,
}

/// A target or an alert.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OutlineTarget {
    /// The target.
    pub target: Target,
    /// Whether it stands in an item with a box: tasks quote what is promised elsewhere.
    pub is_task: bool,
}

impl Outline {
    /// The outline of `document`.
    pub fn of(document: &Document) -> Self {
        let schema = &document.schema;
        let tables = schema.tables.iter().map(|it| table(it, false));
        let again = schema.redefined.iter().map(|it| table(it, true));
        let provenance = document.provenance.clone();
        let places = provenance.iter().flat_map(|it| it.source_places(&document.source)).collect();
        let mut boxes: Vec<u32> = document.checklist.iter().map(|it| it.marker.start).collect();
        boxes.sort_unstable();
        let targets = document.targets.iter().map(|it| target(document, it, &boxes));
        let decisions = document.decisions.iter();
        let decision = |text: &str, span| Text { text: text.to_owned(), span };
        Self {
            path: document.source.path().to_owned(),
            kind: document.classification.kind,
            profile: document.classification.profile.clone(),
            title: document.title.clone(),
            first_line: document.source.line_of(0),
            status: document.status.clone(),
            is_template: document.is_template(),
            header: document.header.clone(),
            header_links: header_links(document),
            sections: document.sections.clone(),
            anchors: anchors::given(document.source.text()),
            links: document.links.iter().filter_map(|it| link(document, it)).collect(),
            file_mentions: document.file_mentions.clone(),
            source_paths: document.source_paths.clone(),
            source_path_uses: document.source_path_uses.clone(),
            barred_names: file_names::barred(document),
            tables: tables.chain(again).collect(),
            table_uses: schema.uses.clone(),
            endpoints: document.endpoints.iter().map(|it| endpoint(document, it)).collect(),
            endpoint_mentions: document.mentions.iter().map(|it| endpoint(document, it)).collect(),
            requirements: document.requirements.clone(),
            requirement_refs: document.requirement_refs.clone(),
            quoted_refs: quoted_refs(document),
            requirement_ranges: document.requirement_ranges.clone(),
            citations: document.citations.clone(),
            components: document.components.clone(),
            env_vars: document.env_vars.clone(),
            errors: document.error_cases.clone(),
            targets: targets.collect(),
            tasks: document.checklist.clone(),
            decisions: decisions.map(|it| decision(&it.area, it.span)).collect(),
            questions: document.questions.clone(),
            provenance,
            source_places: places,
        }
    }

    /// What it is for in its chain.
    pub fn stage(&self) -> Stage {
        Stage::of_kind(self.kind)
    }

    /// The place of its title, or its first line.
    pub fn heading(&self) -> Span {
        self.title.as_ref().map_or(self.first_line, |it| it.span)
    }

    /// The first definition of a table, compared without case.
    pub fn table(&self, name: &str) -> Option<&OutlineTable> {
        self.tables.iter().find(|it| !it.again && it.name.eq_ignore_ascii_case(name))
    }

    /// The innermost section that holds `offset`.
    pub fn section_at(&self, offset: u32) -> Option<&Section> {
        let after = self.sections.partition_point(|section| section.heading.start <= offset);
        self.sections.get(after.checked_sub(1)?)
    }

    /// The first header field named `key`, compared without case.
    pub fn field(&self, key: &str) -> Option<&HeaderField> {
        self.header.iter().find(|field| field.key.eq_ignore_ascii_case(key))
    }
}

impl OutlineTable {
    /// The column named `name`, compared without case.
    pub fn column(&self, name: &str) -> Option<&OutlineColumn> {
        self.columns.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }
}

impl Linkable for Outline {
    fn path(&self) -> &str {
        &self.path
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn profile(&self) -> &str {
        &self.profile
    }

    fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|it| it.text.as_str())
    }

    fn sources(&self) -> impl Iterator<Item = &str> {
        self.provenance.iter().flat_map(|it| &it.sources).map(|it| it.path.as_str())
    }

    fn header_links(&self) -> std::borrow::Cow<'_, [String]> {
        std::borrow::Cow::Borrowed(&self.header_links)
    }
}

fn table(table: &Table, again: bool) -> OutlineTable {
    let column = |it: &crate::schema::Column| OutlineColumn {
        name: it.name.clone(),
        span: it.span,
        ty: it.ty.clone(),
        declared: it.declared.clone(),
        not_null: it.not_null,
    };
    let columns = table.columns.iter().map(column).collect();
    OutlineTable { name: table.name.clone(), span: table.span, columns, again }
}

fn endpoint(document: &Document, endpoint: &Endpoint) -> OutlineEndpoint {
    OutlineEndpoint {
        method: endpoint.method,
        path: endpoint.full_path().into_owned(),
        span: endpoint.span,
        form: endpoint.form,
        certainty: endpoint.certainty,
        external: document.is_external(endpoint),
        successes: endpoint.successes().collect(),
    }
}

/// Places of cited ids in code, in quotes, after `= [` or after "e.g.".
fn quoted_refs(document: &Document) -> Vec<Span> {
    const MARKS: [&str; 5] = ["\"", "'", "= [", "e.g.,", "e.g."];
    let is_quoted = |span: &Span| {
        let line = document.source.line_of(span.start as usize);
        let before = document.source.slice(Span { start: line.start, end: span.start });
        let in_quotes = MARKS.iter().any(|mark| before.trim_end().ends_with(mark))
            || before.matches('"').count() % 2 == 1;
        in_quotes || document.form_of(*span) == Form::Fence
    };
    document.requirement_refs.iter().map(|it| it.span).filter(is_quoted).collect()
}

fn link(document: &Document, link: &Link) -> Option<OutlineLink> {
    let local = links::local(&link.target)?;
    let text = document.source.slice(link.span);
    let place = |written: &str, ahead: usize| {
        let at = text.rfind(written).filter(|_| !written.is_empty())?;
        let start = link.span.start as usize + at + ahead;
        Some(Span::new(start, start + written.len() - ahead))
    };
    let path_span = place(&local.written, 0);
    let anchor_span = local.anchor.as_ref().and_then(|it| place(&format!("#{it}"), 1));
    Some(OutlineLink {
        path: local.path,
        anchor: local.anchor,
        span: link.span,
        path_span,
        anchor_span,
    })
}

/// `boxes` are the places of all boxes, in order.
fn target(document: &Document, target: &Target, boxes: &[u32]) -> OutlineTarget {
    let line = document.source.line_of(target.statement.end as usize);
    let next = boxes.get(boxes.partition_point(|at| *at < line.start));
    let is_task = next.is_some_and(|at| *at < line.end);
    OutlineTarget { target: target.clone(), is_task }
}

#[cfg(test)]
mod tests;
