//! What is wrong with an OpenAPI fragment.

use super::Text;

/// A place of an OpenAPI fragment that no tool can use as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractFault {
    /// What is wrong.
    pub kind: ContractFaultKind,
    /// The key, reference, parameter or path that it is about.
    pub text: Text,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractFaultKind {
    /// A form of Swagger 2 in a fragment that does not say that it is Swagger 2.
    OldForm,
    /// A reference into the fragment to what it does not have.
    UnresolvedRef,
    /// A query parameter that bounds an answer and is not bounded itself.
    UnboundedLimit,
    /// A parameter of a path that no operation below it declares.
    UndeclaredParameter,
}
