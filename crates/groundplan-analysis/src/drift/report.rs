//! Findings about endpoints.

use groundplan_model::document::Method;
use groundplan_model::{Certainty, Diagnostic, Severity};

use super::matching::{Matching, Verdict};
use super::shift::Shift;
use super::stated::Stated;
use super::surface::{Served, Surface};
use super::{Claim, Drift, Side, Topic};
use crate::endpoints::title;

/// From this many on, none of which is there, one finding speaks for all.
pub(super) const MANY: usize = 3;

/// How many of them are shown.
pub(super) const SHOWN: usize = 3;

/// What a document is compared with: names for its findings.
pub(super) struct Scope {
    pub(super) topic: Topic,
    /// `the code`, or a file.
    pub(super) place: String,
    pub(super) rules: &'static Rules,
    /// Whether the other side is as good as the document: a contract promises, too.
    pub(super) is_contract: bool,
}

/// Names of rules.
pub(super) struct Rules {
    pub(super) absent: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) base: &'static str,
    pub(super) unstated: &'static str,
}

/// Findings of one document against one surface.
pub(super) struct Reporter<'a> {
    pub(super) scope: &'a Scope,
    pub(super) side: &'a Side<'a>,
    pub(super) surface: &'a Surface<'a>,
}

impl Reporter<'_> {
    /// Reports what is stated and is not there, or is there in another form.
    pub(super) fn report(
        &self,
        matching: &Matching<'_>,
        verdicts: &[(&Stated<'_>, Verdict)],
        drift: &mut Drift,
    ) {
        if let Some(shift) = &matching.shift {
            drift.found(matching.side, self.base(matching, shift));
        }
        let absent = verdicts.iter().filter(|it| it.1 == Verdict::Absent).map(|it| it.0);
        let absent: Vec<&Stated<'_>> = absent.collect();
        let is_all = absent.len() == matching.stated.len() && absent.len() >= MANY;
        let is_empty = self.surface.all.is_empty();
        let speaks = is_all || is_empty;
        // Designs come before code.
        let is_expected = is_empty && self.side.claim == Claim::Planned;
        if let Some(first) = absent.first().filter(|_| speaks && !is_expected) {
            drift.found(matching.side, self.none(first, &absent));
        }
        for (stated, verdict) in verdicts {
            let finding = match verdict {
                Verdict::Method(at) => self.surface.get(*at).map(|it| self.method(stated, it)),
                Verdict::Path(at) => self.surface.get(*at).map(|it| self.path(stated, it)),
                Verdict::Absent if speaks => None,
                Verdict::Absent => Some(self.absent(stated)),
            };
            finding.into_iter().for_each(|it| drift.found(matching.side, it));
        }
    }

    fn diagnostic(
        &self,
        rule: &'static str,
        severity: Severity,
        stated: &Stated<'_>,
        message: String,
    ) -> Diagnostic {
        Diagnostic::new(rule, severity, &self.side.outline.path, stated.endpoint.span, message)
    }

    fn absent(&self, stated: &Stated<'_>) -> Diagnostic {
        let is_sure = self.surface.is_sure() && stated.endpoint.certainty == Certainty::Stated;
        let (title, place) = (name(stated), &self.scope.place);
        let (message, help) = match self.side.claim {
            Claim::Planned => (
                format!("`{title}` is planned and not in {place} yet"),
                "nothing, until the document says that it is built",
            ),
            claim => (
                format!("`{title}` is {}, and it is not in {place}", claim.as_str()),
                match self.scope.is_contract {
                    true => "add it to the contract, or take it out of the document",
                    false => "build it, or take it out of the document",
                },
            ),
        };
        let severity = self.side.severity(is_sure);
        let mut finding = self.diagnostic(self.scope.rules.absent, severity, stated, message);
        finding.help(help);
        finding
    }

    /// One finding for all endpoints of a document.
    fn none(&self, first: &Stated<'_>, absent: &[&Stated<'_>]) -> Diagnostic {
        let (count, place) = (absent.len(), &self.scope.place);
        let is_empty = self.surface.all.is_empty();
        let severity = match is_empty {
            // Most probably a framework that nobody here reads.
            true => Severity::Info,
            false => self.side.severity(self.surface.is_sure()),
        };
        let (message, help) = match (is_empty, count) {
            (true, _) => (
                format!("no route was found in {place}, and the document states {count}"),
                "name the folder of the code with `--code`",
            ),
            (false, _) => (
                format!("none of the {count} endpoints of the document is in {place}"),
                match self.side.claim {
                    Claim::Planned => "nothing, until the document says that they are built",
                    _ => "correct the document's status, or name the right code with `--code`",
                },
            ),
        };
        let mut finding = self.diagnostic(self.scope.rules.absent, severity, first, message);
        for other in absent.iter().skip(1).take(SHOWN) {
            finding.related(&self.side.outline.path, other.endpoint.span, "and this one");
        }
        finding.help(help);
        finding
    }

    fn method(&self, stated: &Stated<'_>, served: &Served<'_>) -> Diagnostic {
        let place = &self.scope.place;
        let there = served.method.map_or("any method", Method::as_str);
        let message = format!("`{}` answers to {there} in {place}", name(stated));
        let severity = self.differs(stated, served);
        let is_twin = super::matching::twin(stated.endpoint.method) == served.method;
        let severity = if is_twin { severity.max(Severity::Warning) } else { severity };
        let mut finding = self.diagnostic(self.scope.rules.method, severity, stated, message);
        finding.related(served.file, served.place.span, format!("`{}` here", served.title()));
        finding.help("name one method in both places");
        finding
    }

    fn path(&self, stated: &Stated<'_>, served: &Served<'_>) -> Diagnostic {
        let (title, place) = (name(stated), &self.scope.place);
        let message = format!("`{title}` is `{}` in {place}", served.title());
        let severity = self.differs(stated, served);
        let mut finding = self.diagnostic(self.scope.rules.path, severity, stated, message);
        finding.related(served.file, served.place.span, "the nearest one");
        finding.help("write one path in both places");
        finding
    }

    /// How much it matters that both sides have something, and not the same.
    fn differs(&self, stated: &Stated<'_>, served: &Served<'_>) -> Severity {
        let is_sure =
            served.certainty == Certainty::Stated && stated.endpoint.certainty == Certainty::Stated;
        let severity = self.side.severity(is_sure);
        if self.scope.is_contract { severity.max(Severity::Warning) } else { severity }
    }

    /// One finding for a base path in which all endpoints differ.
    fn base(&self, matching: &Matching<'_>, shift: &Shift) -> Diagnostic {
        let pairs = || matching.stated.iter().zip(&matching.found);
        let moved = |it: &Stated<'_>, at: usize| {
            let served = self.surface.get(at)?;
            (shift.apply(&it.segments)? == served.segments).then_some(served)
        };
        let moved: Vec<(&Stated<'_>, &Served<'_>)> =
            pairs().filter_map(|(it, at)| Some((it, moved(it, (*at)?)?))).collect();
        let place = &self.scope.place;
        let count = match moved.len() {
            1 => "an endpoint stands".to_owned(),
            many => format!("{many} endpoints stand"),
        };
        let (from, to) = (slashed(&shift.from), slashed(&shift.to));
        let message = match (from.is_empty(), to.is_empty()) {
            (true, _) => format!("{count} under `{to}` in {place}"),
            (_, true) => format!("{count} without `{from}` in {place}"),
            _ => format!("{count} under `{to}` in {place}, not under `{from}`"),
        };
        let is_sure = moved.iter().all(|(_, it)| it.certainty == Certainty::Stated);
        // A proxy may put a base before all paths, or take it away.
        let may_be_proxy = shift.is_base() && (from.is_empty() || to.is_empty());
        let severity = match may_be_proxy || !is_sure {
            true => Severity::Info,
            false => self.side.severity(false),
        };
        let outline = self.side.outline;
        let span = moved.first().map_or(outline.heading(), |it| it.0.endpoint.span);
        let mut finding =
            Diagnostic::new(self.scope.rules.base, severity, &outline.path, span, message);
        if let Some((_, served)) = moved.first() {
            finding.related(served.file, served.place.span, format!("`{}` here", served.title()));
        }
        finding.help("state the base path in the document: `Base path: /…`");
        finding
    }
}

/// An endpoint as people name it.
pub(super) fn name(stated: &Stated<'_>) -> String {
    title(stated.endpoint.method, &stated.endpoint.path)
}

fn slashed(segments: &[String]) -> String {
    segments.iter().map(|it| format!("/{it}")).collect()
}
