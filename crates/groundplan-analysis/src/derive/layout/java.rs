//! Java: one class a file, packages by layer.

use super::language::{Language, Role};
use crate::derive::naming::pascal;

pub(super) static IT: Language = Language {
    name: "Java",
    fence: "java",
    extension: "java",
    words: &["java", "spring boot", "springboot", "quarkus"],
    root: "src/main/java/{feature}",
    package_file: None,
    manifests: &[("pom.xml", "libraries and the build")],
    case: pascal,
    patterns: &[
        (Role::Entry, "{root}/Application.java"),
        (Role::Settings, "{root}/config/Settings.java"),
        (Role::Controller, "{root}/controller/{class}Controller.java"),
        (Role::Health, "{root}/controller/HealthController.java"),
        (Role::Guards, "{root}/controller/RequestGuards.java"),
        (Role::Service, "{root}/service/{class}Service.java"),
        (Role::Model, "{root}/model/{class}.java"),
        (Role::Requests, "{root}/dto/Requests.java"),
        (Role::Responses, "{root}/dto/Responses.java"),
        (Role::Repository, "{root}/repository/{class}Repository.java"),
        (Role::Errors, "{root}/exception/Exceptions.java"),
        (Role::Helper, "{root}/util/{class}.java"),
        (Role::Program, "{root}/{one}/Main.java"),
        (Role::Client, "{root}/client/{class}Client.java"),
        (Role::UnitTest, "src/test/java/unit/{class}Test.java"),
        (Role::IntegrationTest, "src/test/java/integration/{class}Test.java"),
        (Role::FlowTest, "src/test/java/e2e/{class}Test.java"),
        (Role::LoadTest, "src/test/java/performance/LoadTest.java"),
        (Role::Fixtures, "src/test/java/integration/Fixtures.java"),
        (Role::Factories, "src/test/java/Factories.java"),
    ],
    comment: "//",
    tools: "JUnit, Checkstyle",
    image: Some("eclipse-temurin:{version}"),
};
