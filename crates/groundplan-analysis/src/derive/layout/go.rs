//! Go: packages under `internal/`, tests beside the code.

use super::language::{Language, Role};
use crate::derive::naming::snake;

pub(super) static IT: Language = Language {
    name: "Go",
    fence: "go",
    extension: "go",
    words: &["golang", "go"],
    root: "internal/{feature}",
    package_file: None,
    manifests: &[("go.mod", "libraries")],
    case: snake,
    patterns: &[
        (Role::Entry, "cmd/{feature}/main.go"),
        (Role::Settings, "{root}/config/config.go"),
        (Role::Controller, "{root}/http/{many}.go"),
        (Role::Health, "{root}/http/health.go"),
        (Role::Guards, "{root}/http/middleware.go"),
        (Role::Service, "{root}/service/{one}.go"),
        (Role::Model, "{root}/model/{one}.go"),
        (Role::Requests, "{root}/http/requests.go"),
        (Role::Responses, "{root}/http/responses.go"),
        (Role::Repository, "{root}/store/{one}.go"),
        (Role::Errors, "{root}/model/errors.go"),
        (Role::Helper, "{root}/{one}/{one}.go"),
        (Role::Program, "cmd/{one}/main.go"),
        (Role::Client, "{root}/client/{one}.go"),
        (Role::UnitTest, "{root}/service/{one}_test.go"),
        (Role::IntegrationTest, "{root}/http/{many}_test.go"),
        (Role::FlowTest, "test/e2e/{one}_test.go"),
        (Role::LoadTest, "test/load/load_test.go"),
        (Role::Fixtures, "{root}/http/main_test.go"),
        (Role::Factories, "{root}/testdata/factory.go"),
    ],
    comment: "//",
    tools: "go test, golangci-lint",
    image: Some("golang:{version}"),
};
