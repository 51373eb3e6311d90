//! The pages of the rules are their tests: each example is checked, and the laws of the registry
//! are kept. `UPDATE=1 cargo test -p groundplan-analysis` rewrites `expect` and `fixed` fences.

mod laws;
mod mangled;
mod page;
mod pages;
