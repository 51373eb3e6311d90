//! How many connections the system lets a service have.

/// Takes as many file handles as the system gives without more rights: the usual 1024 are few for a
/// service, and every connection is one. Where that is refused, the service has fewer.
#[cfg(unix)]
pub(super) fn raise() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
    }
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn raise() {}
