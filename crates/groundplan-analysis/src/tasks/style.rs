//! How families of documents write a task: ids, boxes and what stands below them.

/// A family's own form of a task list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `- [ ] 1.0 Parent` with `- [ ] 1.1 Task` inside.
    Xcc,
    /// `## Phase 1: Name` with `- [ ] T001 [P] [US1] Task` below.
    SpecKit,
    /// `- [ ] 1. Parent`, `- [ ] 1.1 Task`, with `_Requirements: …_` below.
    Kiro,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 3] = [Self::Xcc, Self::SpecKit, Self::Kiro];

    /// The style's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xcc => "xcc",
            Self::SpecKit => "speckit",
            Self::Kiro => "kiro",
        }
    }

    /// The style of the family that a document belongs to.
    pub fn of_profile(profile: &str) -> Self {
        let own = Self::ALL.into_iter().find(|it| it.as_str() == profile);
        own.unwrap_or(Self::Xcc)
    }

    /// The id of a group's `number`.
    pub(super) fn group_id(self, number: usize) -> String {
        match self {
            Self::Xcc => format!("{number}.0"),
            Self::SpecKit => format!("Phase-{number}"),
            Self::Kiro => number.to_string(),
        }
    }

    /// The number of the group with `id`.
    pub(super) fn group_number(self, id: &str) -> Option<usize> {
        let digits = match self {
            Self::Xcc => id.strip_suffix(".0")?,
            Self::SpecKit => id.strip_prefix("Phase-")?,
            Self::Kiro => id,
        };
        digits.parse().ok()
    }

    /// The id of a task: number `task` in `group`, `total` of the whole list.
    pub(super) fn task_id(self, group: usize, task: usize, total: usize) -> String {
        match self {
            Self::Xcc | Self::Kiro => format!("{group}.{task}"),
            Self::SpecKit => format!("T{total:03}"),
        }
    }

    /// The line that opens a group.
    pub(super) fn group_line(self, number: usize, name: &str) -> String {
        match self {
            Self::Xcc => format!("- [ ] {number}.0 {name}\n"),
            Self::SpecKit => format!("## Phase {number}: {name}\n\n"),
            Self::Kiro => format!("- [ ] {number}. {name}\n"),
        }
    }

    /// A task's lines. `about` are the requirements that it carries out.
    pub(super) fn task_lines(self, id: &str, title: &str, about: &[String]) -> String {
        match self {
            Self::Xcc => format!("  - [ ] {id} {title}\n"),
            Self::SpecKit => format!("- [ ] {id} {title}\n"),
            Self::Kiro if about.is_empty() => format!("- [ ] {id} {title}\n"),
            Self::Kiro => format!("- [ ] {id} {title}\n  - _Requirements: {}_\n", about.join(", ")),
        }
    }
}
