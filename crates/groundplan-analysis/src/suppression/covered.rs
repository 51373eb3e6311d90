//! Which comment a finding is suppressed by.

use super::{Comment, Verb};

/// The comment that a finding of `rule` at `at` is suppressed by, and by which of its names: the
/// narrowest where several are about it, so that the others show as not needed.
pub(super) fn by(comments: &[Comment], rule: &str, at: u32) -> Option<(usize, usize)> {
    let of = |verbs: &[Verb]| {
        let mut all = comments.iter().enumerate().filter(|(_, it)| verbs.contains(&it.verb));
        all.find_map(|(index, it)| {
            let is_inside = it.covers.start <= at && at <= it.covers.end;
            Some((index, it.about(rule).filter(|_| is_inside)?))
        })
    };
    of(&[Verb::NextLine, Verb::Line])
        .or_else(|| between(comments, rule, at))
        .or_else(|| of(&[Verb::File]))
}

/// The last `disable` before `at` that no `enable` ended.
fn between(comments: &[Comment], rule: &str, at: u32) -> Option<(usize, usize)> {
    let before = comments.iter().enumerate().filter(|(_, it)| it.span.end <= at);
    let mut open = None;
    for (index, comment) in before {
        let Some(name) = comment.about(rule) else { continue };
        match comment.verb {
            Verb::Disable => open = open.or(Some((index, name))),
            Verb::Enable => open = None,
            _ => {}
        }
    }
    open
}

/// Which names of which comments suppressed something; a comment without names has one.
pub(super) struct Used {
    names: Vec<Vec<bool>>,
}

impl Used {
    pub(super) fn of(comments: &[Comment]) -> Self {
        Self { names: comments.iter().map(|it| vec![false; it.names.len().max(1)]).collect() }
    }

    pub(super) fn mark(&mut self, comment: usize, name: usize) {
        let used = self.names.get_mut(comment).and_then(|it| it.get_mut(name));
        if let Some(used) = used {
            *used = true;
        }
    }

    pub(super) fn is_used(&self, comment: usize, name: usize) -> bool {
        self.names.get(comment).and_then(|it| it.get(name)).copied().unwrap_or(false)
    }
}
