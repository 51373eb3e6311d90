//! Rust: modules under `src/`.

use super::language::{Language, Role};
use crate::derive::naming::snake;

pub(super) static IT: Language = Language {
    name: "Rust",
    fence: "rust",
    extension: "rs",
    words: &["rust", "rs", "tokio", "sqlx", "actix"],
    root: "src",
    package_file: None,
    manifests: &[("Cargo.toml", "libraries")],
    case: snake,
    patterns: &[
        (Role::Entry, "{root}/main.rs"),
        (Role::Settings, "{root}/settings.rs"),
        (Role::Controller, "{root}/routes/{many}.rs"),
        (Role::Health, "{root}/routes/health.rs"),
        (Role::Guards, "{root}/routes/guards.rs"),
        (Role::Service, "{root}/services/{one}.rs"),
        (Role::Model, "{root}/models/{one}.rs"),
        (Role::Requests, "{root}/models/requests.rs"),
        (Role::Responses, "{root}/models/responses.rs"),
        (Role::Repository, "{root}/store/{one}.rs"),
        (Role::Errors, "{root}/error.rs"),
        (Role::Helper, "{root}/{one}.rs"),
        (Role::Program, "src/bin/{one}.rs"),
        (Role::Client, "{root}/clients/{one}.rs"),
        (Role::UnitTest, "{root}/{one}/tests.rs"),
        (Role::IntegrationTest, "tests/{many}.rs"),
        (Role::FlowTest, "tests/e2e_{one}.rs"),
        (Role::LoadTest, "benches/load.rs"),
        (Role::Fixtures, "tests/fixture/mod.rs"),
        (Role::Factories, "tests/factory/mod.rs"),
    ],
    comment: "//",
    tools: "cargo test, clippy, rustfmt",
    image: Some("rust:{version}-slim"),
};
