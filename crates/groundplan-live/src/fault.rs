//! Seeded faults: a service that is broken on purpose, so that the verifier can be shown to notice.

/// One way to be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Creates answer 200 where the document says otherwise.
    WrongStatus,
    /// Writes answer success and store nothing.
    LostWrite,
    /// Any request is let in.
    IgnoredAuth,
    /// Rows lack their last member.
    MissingField,
    /// Errors have a body that nobody documented.
    WrongErrorBody,
    /// Rows of other owners are shown and changed.
    ForeignRows,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 6] = [
        Self::WrongStatus,
        Self::LostWrite,
        Self::IgnoredAuth,
        Self::MissingField,
        Self::WrongErrorBody,
        Self::ForeignRows,
    ];

    /// The fault's name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongStatus => "wrong-status",
            Self::LostWrite => "lost-write",
            Self::IgnoredAuth => "ignored-auth",
            Self::MissingField => "missing-field",
            Self::WrongErrorBody => "wrong-error-body",
            Self::ForeignRows => "foreign-rows",
        }
    }

    /// The fault named `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.as_str() == name)
    }
}
