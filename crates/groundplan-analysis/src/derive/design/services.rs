//! What the service needs from others: services that it calls, libraries that it is built with.

use std::collections::BTreeSet;

use groundplan_syntax::Span;

use super::Design;

/// A service that this one calls.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    /// Its protocol or type.
    pub(crate) protocol: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) timeout: Option<String>,
    pub(crate) retries: Option<String>,
    pub(crate) fallback: Option<String>,
    pub(crate) span: Span,
}

/// A library, a language or a store with its version.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) span: Span,
}

/// Libraries, from tables and lists of dependencies that are not services.
pub(crate) fn libraries(design: &Design<'_>) -> Vec<Library> {
    let mut found = Vec::new();
    for table in design.tables(&["version"]) {
        let names = ["dependency", "library", "package", "framework", "technology", "tool", "name"];
        let column = names.iter().find(|it| table.column(it) == Some(0));
        let Some(column) = column else { continue };
        for row in 0..table.view.rows.len() {
            let Some(name) = design.cell(table, row, column) else { continue };
            let version = design.cell(table, row, "version");
            let purpose = ["purpose", "use", "why", "description"];
            let purpose = purpose.iter().find_map(|it| design.cell(table, row, it));
            let name = name.replace(['`', '*'], "");
            let start = table.row_start(row) as usize;
            found.push(Library { name, version, purpose, span: Span::at(start) });
        }
    }
    let lists = ["libraries", "required dependencies", "dependencies to add", "new dependencies"];
    for item in design.items(&lists) {
        found.push(library(&design.words(item.span), item.span));
    }
    let mut seen = BTreeSet::new();
    found.retain(|it| it.name.len() < 60 && seen.insert(it.name.to_lowercase()));
    found
}

/// `**httpx** 0.28: calls the gateway`, `structlog>=24 - logs`.
fn library(words: &str, span: Span) -> Library {
    let plain = words.replace(['`', '*'], "");
    let (head, purpose) = [" - ", ": ", " – ", " — ", " ("]
        .iter()
        .find_map(|mark| plain.split_once(mark))
        .map_or((plain.as_str(), None), |(head, rest)| (head, Some(rest)));
    let digit = head.find(|c: char| c.is_ascii_digit());
    let at = digit.filter(|at| *at > 1).unwrap_or(head.len());
    let (name, version) = head.split_at(at);
    let name = name.trim_matches([' ', '=', '>', '<', '~', '^', '@', 'v', ':']);
    let version = version.trim().trim_end_matches(['+', '.']);
    Library {
        name: name.to_owned(),
        version: (!version.is_empty()).then(|| version.to_owned()),
        purpose: purpose.map(|it| it.trim_end_matches(')').to_owned()),
        span,
    }
}

/// Services that this one calls; several rows of one name are one service.
pub(crate) fn services(design: &Design<'_>) -> Vec<Service> {
    let known: BTreeSet<String> =
        libraries(design).into_iter().map(|it| it.name.to_lowercase()).collect();
    let mut found: Vec<Service> = Vec::new();
    for dependency in &design.document.dependencies {
        let is_sentence = dependency.name.split_whitespace().count() > 6;
        let is_hidden = is_sentence
            || known.contains(&dependency.name.to_lowercase())
            || ["client", "user", "browser"].contains(&dependency.name.to_lowercase().as_str())
            || dependency.kind.as_deref() == Some("library");
        let is_internal = dependency.kind.as_deref() == Some("internal");
        let named = |it: &Service| it.name.eq_ignore_ascii_case(&dependency.name);
        match found.iter_mut().find(|it| named(it)) {
            _ if is_hidden || is_internal => {}
            Some(service) => {
                let fill = |own: &mut Option<String>, new: &Option<String>| {
                    if own.is_none() {
                        own.clone_from(new);
                    }
                };
                fill(&mut service.timeout, &dependency.timeout);
                fill(&mut service.retries, &dependency.retries);
                fill(&mut service.fallback, &dependency.fallback);
            }
            None => found.push(Service {
                name: dependency.name.clone(),
                protocol: dependency.kind.clone(),
                purpose: None,
                timeout: dependency.timeout.clone(),
                retries: dependency.retries.clone(),
                fallback: dependency.fallback.clone(),
                span: dependency.span,
            }),
        }
    }
    for service in &mut found {
        service.purpose = cell_of(design, &service.name, "purpose");
        let timeout = service.timeout.take().or_else(|| cell_of(design, &service.name, "timeout"));
        service.timeout = timeout.or_else(|| stated(design, &service.name, "timeout"));
        let retries = service.retries.take().or_else(|| fallback(service, "retr"));
        service.retries = retries.or_else(|| stated(design, &service.name, "retr"));
    }
    found
}

/// The cell under a title that holds `title`, of the first row that `name` begins.
fn cell_of(design: &Design<'_>, name: &str, title: &str) -> Option<String> {
    design.tables(&[title]).find_map(|table| {
        let mut rows = 0..table.view.rows.len();
        let named = |row: &usize| {
            let first = table.titles.first().and_then(|it| design.cell(table, *row, it));
            first.is_some_and(|it| it.trim_matches(['*', '`']).eq_ignore_ascii_case(name))
        };
        rows.find(named).and_then(|row| design.cell(table, row, title))
    })
}

/// The fallback as far as it tells of repetitions.
fn fallback(service: &Service, word: &str) -> Option<String> {
    service.fallback.clone().filter(|it| says(it, word))
}

/// A cell or a part of one in a row of the service that holds `word`.
fn stated(design: &Design<'_>, name: &str, word: &str) -> Option<String> {
    let named = design.document.dependencies.iter().filter(|it| it.name == name);
    named.into_iter().find_map(|it| {
        let row = design.words(it.span);
        let mut parts = row.split(['|', ';']).map(str::trim);
        parts.find(|part| says(part, word)).map(str::to_owned)
    })
}

/// Whether a text speaks of `word`; `Retry-After` speaks of what callers do.
fn says(text: &str, word: &str) -> bool {
    text.to_lowercase().replace("retry-after", "").contains(word)
}
