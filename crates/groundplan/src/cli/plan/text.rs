//! A plan for people: a block an endpoint, its evidence with lines, then what was assumed.

mod outside;
mod queue;

use std::fmt::Write;

use groundplan_model::ServicePlan;
use groundplan_model::service::{
    Binding, Note, NoteLevel, Operation, Query, Refusal, Route, Scheme, SessionKind,
};
use groundplan_syntax::Span;

use super::super::inspect::certainty;
use super::{assumptions, level};
use crate::render::plural;
use crate::service::derived;
use crate::ui::{DIM, ERROR, GOOD, STRONG, WARNING, paint, printable};

/// Marks a status that has no row in the document and needs none.
const STAR: &str = " (*)";

/// The whole plan.
pub(super) fn plan(plan: &ServicePlan, styled: bool) -> String {
    let mut page = Page { plan, styled, text: String::new() };
    page.head();
    plan.routes.iter().for_each(|route| page.route(route));
    page.notes();
    page.summary();
    page.text
}

/// One endpoint, with the notes about it. What nothing derives goes on to the upstream, where there
/// is one.
pub(super) fn explain(
    plan: &ServicePlan,
    route: &Route,
    upstream: Option<&str>,
    styled: bool,
) -> String {
    let mut page = Page { plan, styled, text: String::new() };
    page.route(route);
    page.terms_of_calls(route);
    if let (Operation::Underived(_), Some(url)) = (&route.operation, upstream) {
        page.row("upstream", &format!("`run` asks {} first", printable(url)));
    }
    let about = |note: &&Note| note.span == route.span || route.statement.contains(note.span);
    let notes: Vec<&Note> = plan.notes.iter().filter(about).collect();
    if !notes.is_empty() {
        page.text.push('\n');
        notes.into_iter().for_each(|note| page.note(note));
    }
    page.text.trim_start().to_owned()
}

struct Page<'a> {
    plan: &'a ServicePlan,
    styled: bool,
    text: String,
}

impl Page<'_> {
    fn head(&mut self) {
        let plan = self.plan;
        let path = paint(self.styled, STRONG, plan.source.path());
        let _ =
            writeln!(self.text, "{path}: {} {}", printable(&plan.title), printable(&plan.version));
        if let Some(auth) = &plan.auth {
            let schemes: Vec<String> = auth.schemes.iter().map(scheme).collect();
            self.row("auth", &format!("{} {}", schemes.join(" or "), self.place(auth.span)));
            if let Some(accounts) = &auth.accounts {
                self.row("accounts", self.resource(accounts.resource).to_owned().as_str());
            }
        }
        if let Some(limit) = &plan.rate_limit {
            let (count, place) = (plural(widened(limit.count), "request"), self.place(limit.span));
            self.row("limit", &format!("{count} in {} s for each caller {place}", limit.window_s));
        }
        for quota in &plan.quotas {
            let states = match quota.states.is_empty() {
                true => String::new(),
                false => format!(" in state {}", quota.states.join(" or ")),
            };
            let (resource, place) = (self.resource(quota.resource), self.place(quota.span));
            let (count, status) = (quota.count, quota.status);
            self.row(
                "quota",
                &format!("{count} {resource}{states} for each owner, then {status} {place}"),
            );
        }
        if let Some(audit) = &plan.audit {
            let kept = audit.days.map_or("for ever".to_owned(), |it| plural(widened(it), "day"));
            self.row("audit", &format!("every write, kept {kept} {}", self.place(audit.span)));
        }
        for kept in &plan.caches {
            let Some(route) = plan.routes.get(kept.route) else { continue };
            let (path, place) = (route.path_text(), self.place(kept.span));
            self.row("cache", &format!("GET {path} for {} s at most {place}", kept.ttl_s));
        }
        self.services();
    }

    fn route(&mut self, route: &Route) {
        let title = format!("{} {}", route.method.as_str(), route.path_text());
        let title = paint(self.styled, STRONG, &printable(&title));
        let _ = writeln!(self.text, "\n{title}  {}", self.place(route.span));
        match &route.operation {
            Operation::Underived(reason) => {
                let refused = paint(self.styled, ERROR, "501");
                self.row("answers", &format!("{refused} {}", printable(reason)));
            }
            _ => self.derived(route),
        }
        for evidence in &route.evidence {
            self.row(
                evidence.rule,
                &format!("{} {}", printable(&evidence.note), self.place(evidence.span)),
            );
        }
    }

    fn derived(&mut self, route: &Route) {
        let does = match &route.binding {
            Some(binding) => self.does(&route.operation, binding),
            None => "what every service does: no table is behind it".to_owned(),
        };
        self.row("does", &does);
        if let Some(binding) = &route.binding {
            self.bound(binding);
        }
        self.query(&route.query);
        self.calls(route);
        if let Some(deferral) = &route.deferral {
            self.row("queue", &queue::attempts(&deferral.attempts));
        }
        let certainty = certainty(route.certainty);
        self.row("answers", &format!("{} ({certainty})", route.success));
        let mut refusals = self.plan.refusals(route);
        refusals.sort_by_key(|it| self.plan.refusal_status(route, *it));
        let texts: Vec<String> = refusals.iter().map(|it| self.refusal(route, *it)).collect();
        self.row("refuses", &texts.join(", "));
    }

    fn does(&self, operation: &Operation, binding: &Binding) -> String {
        let resource = self.resource(binding.resource);
        if let Some(value) = binding.value {
            let column = self.column(binding.resource, value);
            let verb = if *operation == Operation::Read { "reads" } else { "sets" };
            return format!("{verb} {resource}.{column}");
        }
        match operation {
            Operation::List => format!("lists rows of {resource}"),
            Operation::Search => format!("lists the rows of {resource} that the body asks for"),
            Operation::Create => format!("creates a row of {resource}"),
            Operation::Read => format!("reads a row of {resource}"),
            Operation::Replace => format!("replaces a row of {resource}"),
            Operation::Update => format!("changes a row of {resource}"),
            Operation::Delete => format!("deletes a row of {resource}"),
            Operation::ReadSingleton => format!("reads the one row of {resource}"),
            Operation::PutSingleton => format!("creates or replaces the one row of {resource}"),
            Operation::Upsert => format!("creates or replaces a row of {resource}"),
            Operation::Link => format!("links by a row of {resource}"),
            Operation::Unlink => format!("removes the link in {resource}"),
            Operation::Act => format!("does what its rule says to a row of {resource}"),
            Operation::Builtin(_) => "is built in".to_owned(),
            Operation::Transition(it) => {
                let from = match it.from.is_empty() {
                    true => String::new(),
                    false => format!(" from {}", it.from.join(" or ")),
                };
                let column = self.column(binding.resource, it.column);
                format!("sets {resource}.{column}{from} to {}", it.to)
            }
            Operation::Upload(it) => {
                let types = match it.media_types.is_empty() {
                    true => "any type".to_owned(),
                    false => it.media_types.join(", "),
                };
                let (part, bytes) = (&it.part, it.limit_bytes);
                format!("takes a file for {resource}: part `{part}`, {bytes} bytes, {types}")
            }
            Operation::Download => format!("gives out the file of a row of {resource}"),
            Operation::Session(session) => match session.kind {
                SessionKind::Register => format!("registers a row of {resource}, gives tokens"),
                SessionKind::Login => format!("checks a password of {resource}, gives tokens"),
                SessionKind::Refresh => "spends a refresh token, gives new ones".to_owned(),
                SessionKind::Logout => "ends the session".to_owned(),
                SessionKind::Me => format!("reads the caller's own row of {resource}"),
            },
            Operation::History(it) => {
                let names: Vec<&str> = it.members.iter().map(|(name, _)| name.as_str()).collect();
                format!(
                    "lists what became of a row of {resource}: {}",
                    printable(&names.join(", "))
                )
            }
            Operation::Aggregate(it) => {
                let figures = it.figures();
                let names: Vec<String> = figures.iter().map(|(path, _)| path.join(".")).collect();
                format!("adds up rows of {resource}: {}", printable(&names.join(", ")))
            }
            Operation::Export(it) => {
                let formats: Vec<&str> = it.formats.iter().map(|it| it.name()).collect();
                format!("writes rows of {resource} as {}", formats.join(" or "))
            }
            Operation::CreateMany(it) => format!("creates up to {} rows of {resource}", it.max),
            Operation::UpdateMany(it) => format!("changes up to {} rows of {resource}", it.max),
            Operation::DeleteMany(it) => format!("deletes up to {} rows of {resource}", it.max),
            Operation::Underived(reason) => reason.clone(),
        }
    }

    fn bound(&mut self, binding: &Binding) {
        if let Some(key) = &binding.key {
            let column = self.column(binding.resource, key.column);
            let table = self.resource(binding.resource);
            self.row("key", &format!("{{{}}} is {table}.{column}", key.parameter));
        }
        if let Some(parent) = &binding.parent {
            let (table, child) = (self.resource(parent.resource), self.resource(binding.resource));
            let column = self.column(parent.resource, parent.key.column);
            let foreign = self.column(binding.resource, parent.foreign_key);
            let parameter = &parent.key.parameter;
            let between = parent.through.as_ref().map_or_else(String::new, |it| {
                format!(", by way of {}", self.resource(it.resource))
            });
            self.row(
                "parent",
                &format!("{{{parameter}}} is {table}.{column}, in {child}.{foreign}{between}"),
            );
        }
    }

    /// The parameters, but those of every column where all are open.
    fn query(&mut self, query: &Query) {
        let mut names: Vec<String> =
            query.names().iter().map(|it| printable(it).into_owned()).collect();
        if query.open {
            names.truncate(names.len() - query.filters.len());
            names.push("each column with its operators".to_owned());
        }
        if let Some(paging) = &query.paging {
            let (default, max) = (paging.default, paging.max);
            if let Some(limit) = names.iter_mut().find(|it| **it == printable(&paging.limit)) {
                limit.push_str(&format!(" ({default}, at most {max})"));
            }
        }
        if !names.is_empty() {
            self.row("query", &names.join(", "));
        }
    }

    fn refusal(&self, route: &Route, refusal: Refusal) -> String {
        let status = self.plan.refusal_status(route, refusal);
        let text = format!("{status} {}", refusal.code());
        match self.plan.documents(route, status) {
            true => text,
            false if refusal.is_protocol() => paint(self.styled, DIM, &format!("{text}{STAR}")),
            false => paint(self.styled, WARNING, &format!("{text} (not documented)")),
        }
    }

    fn notes(&mut self) {
        if self.plan.notes.is_empty() {
            return;
        }
        let _ = writeln!(self.text, "\n{}", paint(self.styled, STRONG, "Notes"));
        for note in &self.plan.notes {
            self.note(note);
        }
    }

    fn note(&mut self, note: &Note) {
        let style = match note.level {
            NoteLevel::Info => DIM,
            NoteLevel::Assumption => WARNING,
            NoteLevel::Error => ERROR,
        };
        let level = paint(self.styled, style, level(note.level));
        let place = self.place(note.span);
        let _ =
            writeln!(self.text, "  {level} {}: {} {place}", note.rule, printable(&note.message));
    }

    fn summary(&mut self) {
        let (derived, all) = (derived(self.plan), self.plan.routes.len());
        let style = if derived == all { GOOD } else { ERROR };
        let counts =
            paint(self.styled, style, &format!("{derived} of {}", plural(all, "endpoint")));
        let assumed = match assumptions(self.plan) {
            0 => "nothing assumed".to_owned(),
            count => plural(count, "assumption"),
        };
        if self.text.contains(STAR) {
            let star = format!(
                "{} any HTTP service may answer so; the document need not say it",
                STAR.trim()
            );
            let _ = writeln!(self.text, "\n{}", paint(self.styled, DIM, &star));
        }
        let _ = writeln!(self.text, "\n{counts} derived, {assumed}.");
    }

    fn row(&mut self, name: &str, text: &str) {
        let name = paint(self.styled, DIM, &format!("{name:<8}"));
        let _ = writeln!(self.text, "  {name} {text}");
    }

    fn place(&self, span: Span) -> String {
        let (path, line) = (self.plan.source.path(), self.plan.source.line(span.start as usize));
        paint(self.styled, DIM, &format!("({path}:{line})"))
    }

    fn resource(&self, index: usize) -> &str {
        self.plan.resources.get(index).map_or("", |it| &it.table.name)
    }

    fn column(&self, resource: usize, column: usize) -> &str {
        let resource = self.plan.resources.get(resource);
        resource.and_then(|it| it.column(column)).map_or("", |it| &it.name)
    }
}

fn scheme(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Bearer => "bearer token".to_owned(),
        Scheme::ApiKey(header) => format!("API key in {}", printable(header)),
    }
}

fn widened(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
