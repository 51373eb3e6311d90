//! Routes, one file a framework, and what they are mounted under as far as one file tells.

mod actix;
mod axum;
mod chi;
mod django;
mod echo;
mod express;
mod fastapi;
mod fastify;
mod flask;
mod gin;
mod go;
mod nest;
mod python;
mod spring;
#[cfg(test)]
mod tests;

use super::syntax::{Argument, Call, Syntax, Value};
use super::{CodeFile, Constant, Language, Mount, Reader, Route, Router};
use crate::Certainty;
use crate::document::Method;

/// The JavaScript family.
const SCRIPTS: &[Language] = &[Language::JavaScript, Language::TypeScript, Language::Tsx];

/// Every framework.
pub(super) static READERS: &[Reader] = &[
    Reader { languages: &[Language::Rust], words: &["axum", "Router"], read: axum::read },
    Reader { languages: &[Language::Rust], words: &["actix_web", "web::"], read: actix::read },
    Reader { languages: &[Language::Python], words: &["fastapi"], read: fastapi::read },
    Reader { languages: &[Language::Python], words: &["flask", "url_prefix"], read: flask::read },
    Reader { languages: &[Language::Python], words: &["urlpatterns"], read: django::read },
    Reader { languages: SCRIPTS, words: express::WORDS, read: express::read },
    Reader { languages: SCRIPTS, words: &["fastify", "Fastify"], read: fastify::read },
    Reader { languages: SCRIPTS, words: &["@Controller", "setGlobalPrefix"], read: nest::read },
    Reader { languages: &[Language::Go], words: &["gin-gonic/gin"], read: gin::read },
    Reader { languages: &[Language::Go], words: &["labstack/echo"], read: echo::read },
    Reader { languages: &[Language::Go], words: &["go-chi/chi"], read: chi::read },
    Reader { languages: &[Language::Java], words: &["Mapping"], read: spring::read },
];

/// What a reader of routes adds to.
struct Routes<'s, 'a> {
    syntax: &'s Syntax<'a>,
    file: &'s mut CodeFile,
}

impl<'a> Routes<'_, 'a> {
    /// Adds a route whose path stands in `path`.
    fn add(&mut self, method: Option<Method>, path: &Argument<'a>, handler: String, router: &str) {
        let Some((text, certainty)) = self.syntax.string(&path.value) else { return };
        self.file.routes.push(Route {
            method,
            path: text.into_owned(),
            handler,
            router: router.to_owned(),
            place: self.syntax.place(&path.range),
            certainty,
        });
    }

    /// Adds a route at a call that has no path of its own.
    fn add_at(
        &mut self,
        method: Option<Method>,
        path: &str,
        call: &Call<'a>,
        handler: String,
        router: &str,
    ) {
        let place = self.syntax.place(&call.range);
        let (path, router) = (path.to_owned(), router.to_owned());
        let certainty = Certainty::Stated;
        self.file.routes.push(Route { method, path, handler, router, place, certainty });
    }

    /// Says that there is a router.
    fn router(&mut self, name: &str, is_root: bool, prefix: &str) {
        match self.file.routers.iter_mut().find(|it| it.name == name) {
            Some(known) => known.is_root |= is_root,
            None => {
                let (name, prefix) = (name.to_owned(), prefix.to_owned());
                self.file.routers.push(Router { name, is_root, prefix });
            }
        }
    }

    /// Says that `child` is mounted in `parent` behind a prefix; `at` is where it is said.
    fn mount(&mut self, parent: &str, child: String, prefix: Option<&Argument<'a>>, at: &Call<'a>) {
        if child.is_empty() || child == parent {
            return;
        }
        let known = prefix.map(|it| self.syntax.string(&it.value));
        let constant = prefix.and_then(|it| match (&it.value, &known) {
            (Value::Name(name), Some(None)) => Some((*name).to_owned()),
            _ => None,
        });
        let (prefix, certainty) = match known {
            None => (String::new(), Certainty::Stated),
            Some(Some((text, certainty))) => (text.into_owned(), certainty),
            Some(None) => (String::new(), Certainty::Guessed),
        };
        let (parent, replaces) = (parent.to_owned(), false);
        let place = self.syntax.place(&at.range);
        let mount = Mount { parent, child, prefix, constant, replaces, certainty, place };
        self.file.mounts.push(mount);
    }

    /// Whether a router of this name is known.
    fn knows(&self, name: &str) -> bool {
        self.file.routers.iter().any(|it| it.name == name)
    }
}

/// Constants that may be parts of paths.
pub(super) fn constants(syntax: &Syntax<'_>, file: &mut CodeFile) {
    for binding in &syntax.bindings {
        if let Some(value) = syntax.stated(&binding.value).filter(|it| it.starts_with('/')) {
            let name = super::syntax::last(binding.name).to_owned();
            file.constants.push(Constant { name, value: value.into_owned() });
        }
    }
}

/// A method by the name that a framework gives its function: in small letters or in capitals.
fn method(name: &str) -> Option<Method> {
    let is_one_case = name.bytes().all(|it| it.is_ascii_lowercase())
        || name.bytes().all(|it| it.is_ascii_uppercase());
    Method::parse(name).filter(|_| is_one_case)
}

/// The path of a method behind that of its class.
fn behind(base: &str, path: &str) -> String {
    let (base, path) = (base.trim_matches('/'), path.trim_matches('/'));
    format!("/{base}/{path}").trim_end_matches('/').to_owned()
}

/// Methods in a list of texts.
fn methods(list: &Value<'_>) -> Vec<Method> {
    let texts = list.items().iter().filter_map(|it| match it {
        Value::Text { text, .. } => Some(text.clone()),
        Value::Name(name) => Some(super::syntax::last(name).into()),
        _ => None,
    });
    texts.filter_map(|it| Method::parse(&it)).collect()
}
