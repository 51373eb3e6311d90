//! The program from outside: arguments in; standard output, standard error and exit code out.
//! Few, because the parts have tests of their own: these show that they are wired.

mod baseline;
mod cache;
mod check;
mod ci;
mod config;
mod diff;
mod drift;
mod fmt;
mod formats;
pub(crate) mod http;
mod init;
mod keys;
mod kinds;
mod life;
mod new;
mod operate;
mod outside;
pub(crate) mod program;
mod run;
mod search;
mod states;
mod strain;
mod suppressed;
mod tasks;
mod tid;
mod tls;
mod trace;
mod up;
mod upgrade;
pub(crate) mod verify;
mod watch;
