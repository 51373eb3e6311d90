//! Why nothing could be verified, each with the way out.

/// Why nothing could be verified.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The address is not one.
    #[error(
        "`{url}` is not the address of a service: {reason}; give one like http://127.0.0.1:8080"
    )]
    Address {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// TLS is not spoken.
    #[error("`{url}` asks for TLS, which verify does not speak; give its http:// address")]
    Tls {
        /// What was given.
        url: String,
    },
    /// Nobody listens there.
    #[error(
        "no service answers at {authority}: {source}; start it, or give its address with --url"
    )]
    Unreachable {
        /// Host and port.
        authority: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// It listened, and does no longer.
    #[error(
        "the service at {authority} went away during the verification: {source}; its log says why"
    )]
    Gone {
        /// Host and port.
        authority: String,
        /// What the system said.
        source: std::io::Error,
    },
}
