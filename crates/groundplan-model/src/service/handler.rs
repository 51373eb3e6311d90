//! How an endpoint's answers come about (rule D9): the rungs of the ladder.

use super::{Operation, Route, ServicePlan};

/// How an endpoint's answers come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handler {
    /// Derived from paths and tables.
    Derived,
    /// A rule block says what it does.
    Rule,
    /// The document's example is answered.
    Example,
    /// 501.
    Stub,
}

impl Handler {
    /// As it stands in headers and descriptions.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Derived => "derived",
            Self::Rule => "rule",
            Self::Example => "example",
            Self::Stub => "stub",
        }
    }
}

impl Route {
    /// How its answers come about.
    pub fn handler(&self) -> Handler {
        match (&self.operation, &self.rule) {
            (Operation::Underived(_), _) if self.response_example.is_some() => Handler::Example,
            (Operation::Underived(_), _) => Handler::Stub,
            (_, Some(_)) => Handler::Rule,
            _ => Handler::Derived,
        }
    }

    /// The rule that says most about how its answers come about: `D4`, `D9.1`.
    pub fn deciding_rule(&self) -> &'static str {
        let (wanted, fallback) = match self.handler() {
            Handler::Derived => ("D4", "D4"),
            Handler::Rule => ("D9.1", "D9.1"),
            Handler::Example => ("D9.2", "D9.2"),
            Handler::Stub => ("D9", "D9"),
        };
        let mut rules = self.evidence.iter().map(|evidence| evidence.rule);
        rules.find(|rule| rule.starts_with(wanted)).unwrap_or(fallback)
    }
}

impl ServicePlan {
    /// How many endpoints each rung of the ladder answers, the best first.
    pub fn coverage(&self) -> [(Handler, usize); 4] {
        let count = |handler| {
            let routes = self.routes.iter();
            (handler, routes.filter(|route| route.handler() == handler).count())
        };
        [Handler::Derived, Handler::Rule, Handler::Example, Handler::Stub].map(count)
    }
}
