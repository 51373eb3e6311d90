//! echo: `e.GET("/items", list)`, `g := e.Group("/api")`.

use super::super::syntax::Syntax;
use super::{Routes, gin, go};
use crate::code::CodeFile;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut routes = Routes { syntax, file };
    go::made(&mut routes, &[("echo", "New")], true);
    gin::verbs(&mut routes, "Add");
    go::passed(&mut routes, &["echo.Group", "echo.Echo"]);
}
