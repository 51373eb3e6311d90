//! The languages that are read, by the names of their files.

use serde::{Deserialize, Serialize};

use crate::paths;

/// What a file of code is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Rust.
    Rust,
    /// Python.
    Python,
    /// JavaScript, with JSX or without.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
    /// Go.
    Go,
    /// Java.
    Java,
    /// SQL of any dialect.
    Sql,
    /// A Prisma schema.
    Prisma,
    /// YAML: OpenAPI and Compose files.
    Yaml,
    /// JSON: OpenAPI files.
    Json,
    /// An example of a file of environment variables.
    Env,
}

const ENDINGS: &[(&str, Language)] = &[
    (".rs", Language::Rust),
    (".py", Language::Python),
    (".js", Language::JavaScript),
    (".jsx", Language::JavaScript),
    (".mjs", Language::JavaScript),
    (".cjs", Language::JavaScript),
    (".ts", Language::TypeScript),
    (".mts", Language::TypeScript),
    (".cts", Language::TypeScript),
    (".tsx", Language::Tsx),
    (".go", Language::Go),
    (".java", Language::Java),
    (".sql", Language::Sql),
    (".prisma", Language::Prisma),
    (".yaml", Language::Yaml),
    (".yml", Language::Yaml),
];

/// Endings of names that hold no facts of their own: typings, and what tools write.
const GENERATED: [&str; 5] = [".d.ts", ".min.js", ".min.mjs", "-lock.yaml", ".pb.go"];

/// Words in the names of JSON files that are read; most JSON is data.
const API_FILES: [&str; 2] = ["openapi", "swagger"];

/// Examples of environment files. The files that they are copied to hold secrets and are not read.
const ENV_FILES: [&str; 5] =
    [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example"];

impl Language {
    /// The language of the file at `path`; `None` for a file that is not read.
    pub fn of(path: &str) -> Option<Self> {
        let name = paths::file_name(path);
        if GENERATED.iter().any(|it| name.ends_with(it)) {
            return None;
        }
        let known = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|it| it.1);
        known.or_else(|| Self::of_name(name))
    }

    fn of_name(name: &str) -> Option<Self> {
        let is_api = || name.ends_with(".json") && API_FILES.iter().any(|word| name.contains(word));
        match name {
            _ if ENV_FILES.iter().any(|it| name.ends_with(it)) => Some(Self::Env),
            _ if is_api() => Some(Self::Json),
            _ => None,
        }
    }

    /// Whether it is one of JavaScript's family.
    pub fn is_script(self) -> bool {
        matches!(self, Self::JavaScript | Self::TypeScript | Self::Tsx)
    }
}
