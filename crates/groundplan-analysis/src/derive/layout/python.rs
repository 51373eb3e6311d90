//! Python: layers in folders, one file a resource.

use super::language::{Language, Role};
use crate::derive::naming::snake;

pub(super) static IT: Language = Language {
    name: "Python",
    fence: "python",
    extension: "py",
    words: &["python", "py", "fastapi", "django", "flask", "pydantic", "sqlalchemy", "pytest"],
    root: "src/{feature}",
    package_file: Some("__init__.py"),
    manifests: &[("requirements.txt", "libraries"), ("requirements-dev.txt", "tools")],
    case: snake,
    patterns: &[
        (Role::Entry, "{root}/main.py"),
        (Role::Settings, "{root}/config/settings.py"),
        (Role::Controller, "{root}/controllers/{many}_controller.py"),
        (Role::Health, "{root}/controllers/health_controller.py"),
        (Role::Guards, "{root}/controllers/guards.py"),
        (Role::Service, "{root}/services/{one}_service.py"),
        (Role::Model, "{root}/models/{one}.py"),
        (Role::Requests, "{root}/models/dto/request_dto.py"),
        (Role::Responses, "{root}/models/dto/response_dto.py"),
        (Role::Repository, "{root}/repositories/{one}_repository.py"),
        (Role::Errors, "{root}/exceptions/{feature}_exceptions.py"),
        (Role::Helper, "{root}/utils/{one}.py"),
        (Role::Program, "{root}/{one}/main.py"),
        (Role::Client, "{root}/clients/{one}.py"),
        (Role::UnitTest, "tests/unit/test_{one}.py"),
        (Role::IntegrationTest, "tests/integration/test_{many}.py"),
        (Role::FlowTest, "tests/e2e/test_{one}.py"),
        (Role::LoadTest, "tests/performance/load_test.py"),
        (Role::Fixtures, "tests/integration/conftest.py"),
        (Role::Factories, "tests/factories.py"),
        (Role::Migration, "migrations/versions/0001_create_{feature}_tables.py"),
        (Role::Generator, "scripts/generate_{one}_data.py"),
    ],
    comment: "#",
    tools: "pytest, pytest-cov, ruff",
    image: Some("python:{version}-slim"),
};
