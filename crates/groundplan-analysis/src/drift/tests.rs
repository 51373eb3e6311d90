//! Documents beside code.
