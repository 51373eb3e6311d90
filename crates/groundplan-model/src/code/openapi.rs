//! OpenAPI and Swagger files, in YAML or JSON.

#[cfg(test)]
mod tests;

use memchr::memmem;

use super::syntax::Lines;
use super::{ApiOperation, CodeFile, LinkedOperation};
use crate::lower::openapi::operations_of_file;
use crate::lower::yaml;
use crate::paths;

/// Aliases that a YAML file may have. They are resolved by copying, so that a file with many of
/// them, each of others, would fill the memory.
const ALIASES: usize = 32;

/// Whether a YAML text can be read at no more than its own size.
pub(super) fn is_small(text: &str) -> bool {
    let named = |at: usize| text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
    memchr::memchr_iter(b'*', text.as_bytes()).filter(|at| named(*at)).take(ALIASES + 1).count()
        <= ALIASES
}

/// Whether a file at `path` may be an OpenAPI file, as far as names tell: `openapi.yaml`,
/// `swagger-v2.json`, whatever lies in a folder `contracts` or `openapi`.
pub fn is_contract(path: &str) -> bool {
    let path = path.to_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let is_named = name.contains("openapi") || name.contains("swagger");
    let is_kept =
        folders.rsplit('/').next().is_some_and(|it| matches!(it, "contracts" | "openapi"));
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    matches!(ending, "yaml" | "yml" | "json") && (is_named || is_kept)
}

pub(super) fn read(file: &mut CodeFile, text: &str) {
    let holds = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let is_api = (holds("openapi") || holds("swagger")) && holds("paths");
    if !is_api || !is_small(text) {
        return;
    }
    let base = base(text).unwrap_or_default();
    let lines = Lines::of(text);
    let found = operations_of_file(text).unwrap_or_default().into_iter().map(|it| ApiOperation {
        method: it.method,
        path: format!("{}{}", base.trim_end_matches('/'), it.path),
        statuses: it.statuses,
        place: lines.place(&it.span.range()),
    });
    file.operations.extend(found);
}

/// The path of the first server.
fn base(text: &str) -> Option<String> {
    let root = yaml::parse(text)?;
    let servers = yaml::get(&root, "servers").into_iter().flat_map(yaml::items);
    let mut urls = servers.filter_map(|it| yaml::scalar(yaml::get(it, "url")?));
    let url = match urls.next() {
        Some(url) => url.into_owned(),
        None => yaml::scalar(yaml::get(&root, "basePath")?)?.into_owned(),
    };
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or(""),
        None => &url,
    };
    Some(path.to_owned())
}

/// The operations of all OpenAPI files.
pub fn link_operations(files: &[CodeFile]) -> Vec<LinkedOperation<'_>> {
    let all = files.iter().flat_map(|file| file.operations.iter().map(move |it| (file, it)));
    all.map(|(file, operation)| LinkedOperation {
        operation,
        shape: paths::shape(&operation.path),
        file: &file.path,
    })
    .collect()
}
