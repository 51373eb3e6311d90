//! Comments, or names in them, that suppress nothing.

use groundplan_model::Diagnostic;
use groundplan_syntax::{Edit, Span};

use super::covered::Used;
use super::{Comment, GROUP, Suppressions, Verb};
use crate::rules::{ALL, rule, suppression_unused};
use crate::{Rule, Selection};

/// A comment that suppresses nothing, or a name in one that does.
pub(crate) struct Unused<'a> {
    /// The comment, or the name.
    pub(crate) span: Span,
    /// The names that nothing was found for; empty for all rules.
    pub(crate) names: Vec<&'a str>,
    /// Whether it is an `enable` that nothing was switched off before.
    pub(crate) is_end: bool,
    /// What takes it away; nothing where comments begin and end in each other.
    pub(crate) edits: Vec<Edit>,
}

impl Suppressions {
    /// Findings about the comments that are not needed.
    pub(super) fn unused(&self, path: &str, used: &Used, ran: &Selection) -> Vec<Diagnostic> {
        if !ran.includes(&suppression_unused::RULE) {
            return Vec::new();
        }
        let all = self.comments.iter().enumerate();
        let found = all.flat_map(|(index, comment)| match comment.verb {
            Verb::Unknown => Vec::new(),
            Verb::Enable => self.ends_nothing(index, comment),
            _ => self.suppresses_nothing(index, comment, used, ran),
        });
        let mut found: Vec<Diagnostic> =
            found.map(|it| suppression_unused::finding(path, it)).collect();
        let rule = &suppression_unused::RULE;
        ran.weigh(rule.name, rule.group, &mut found);
        found
    }

    fn suppresses_nothing<'a>(
        &'a self,
        index: usize,
        comment: &'a Comment,
        used: &Used,
        ran: &Selection,
    ) -> Vec<Unused<'a>> {
        let count = comment.names.len().max(1);
        let is_idle = |name: &usize| {
            let text = comment.names.get(*name).map(|it| it.text.as_str());
            !used.is_used(index, *name) && were_run(text, ran)
        };
        let idle: Vec<usize> = (0..count).filter(is_idle).collect();
        if idle.len() == count {
            let names = comment.names.iter().map(|it| it.text.as_str()).collect();
            let edits = self.without(index, comment);
            return vec![Unused { span: comment.span, names, is_end: false, edits }];
        }
        idle.iter().filter_map(|at| comment.idle_name(*at)).collect()
    }

    fn ends_nothing<'a>(&'a self, index: usize, comment: &'a Comment) -> Vec<Unused<'a>> {
        let before = self.comments.get(..index).unwrap_or(&[]);
        let is_begun = before.iter().any(|it| it.verb == Verb::Disable && meet(it, comment));
        if is_begun {
            return Vec::new();
        }
        let names = comment.names.iter().map(|it| it.text.as_str()).collect();
        let edits = vec![comment.removed()];
        vec![Unused { span: comment.span, names, is_end: true, edits }]
    }

    /// The edits that take the comment at `index` away, with the one that ends it.
    fn without(&self, index: usize, comment: &Comment) -> Vec<Edit> {
        if comment.verb != Verb::Disable {
            return vec![comment.removed()];
        }
        let is_pair = |it: &&Comment| matches!(it.verb, Verb::Disable | Verb::Enable);
        let before = self.comments.get(..index).unwrap_or(&[]);
        let after = self.comments.get(index + 1..).unwrap_or(&[]);
        let is_alone = before.iter().filter(is_pair).all(|it| !meet(it, comment));
        let mut others = after.iter().filter(is_pair).filter(|it| meet(it, comment));
        match (others.next(), others.next()) {
            (None, _) => vec![comment.removed()],
            (Some(end), None) if is_alone && is_end_of(end, comment) => {
                vec![comment.removed(), end.removed()]
            }
            _ => Vec::new(),
        }
    }
}

impl Comment {
    /// A name that nothing was found for, while the others are needed.
    fn idle_name(&self, index: usize) -> Option<Unused<'_>> {
        let at = |index: usize| self.names.get(index).map(|it| it.span);
        let name = self.names.get(index)?;
        // It goes with the comma or blank on one side.
        let goes = match (index.checked_sub(1).and_then(at), at(index + 1)) {
            (_, Some(next)) => Span { start: name.span.start, end: next.start },
            (Some(before), None) => Span { start: before.end, end: name.span.end },
            (None, None) => name.span,
        };
        // The comment that ends it names the rule, too.
        let is_whole = self.verb != Verb::Disable;
        let edits = if is_whole { vec![Edit::replace(goes, "")] } else { Vec::new() };
        Some(Unused { span: name.span, names: vec![&name.text], is_end: false, edits })
    }
}

/// Whether two comments are about a rule in common.
fn meet(one: &Comment, other: &Comment) -> bool {
    ALL.iter().any(|it| one.about(it.name).is_some() && other.about(it.name).is_some())
        || one.names.iter().any(|it| other.names.iter().any(|name| name.text == it.text))
}

/// Whether an `enable` is for nothing but this `disable`.
fn is_end_of(end: &Comment, begin: &Comment) -> bool {
    let texts = |it: &Comment| it.names.iter().map(|it| it.text.clone()).collect::<Vec<_>>();
    end.verb == Verb::Enable && (texts(end) == texts(begin) || end.names.is_empty())
}

/// Whether everything that a name is about was run; all rules where there is no name.
fn were_run(name: Option<&str>, ran: &Selection) -> bool {
    let is_expected = |it: &&&Rule| !it.preview || ran.preview;
    match name {
        Some(name) if rule(name).is_some() => rule(name).is_some_and(|it| ran.includes(it)),
        Some(group) => {
            let mut of_group = ALL.iter().filter(|it| it.group == group).filter(is_expected);
            ALL.iter().any(|it| it.group == group) && of_group.all(|it| ran.includes(it))
        }
        None => {
            let mut others = ALL.iter().filter(|it| it.group != GROUP).filter(is_expected);
            others.all(|it| ran.includes(it))
        }
    }
}
