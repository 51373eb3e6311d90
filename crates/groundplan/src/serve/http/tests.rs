//! Which of flags, file and default counts.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::Duration;

use groundplan_live::HttpOptions;

use super::HttpFlags;
use crate::config::Config;
use crate::exit::Failure;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

fn options(flags: &HttpFlags, file: &str) -> Result<HttpOptions, Failure> {
    let (config, problems) = Config::of_text(file);
    assert!(problems.is_empty(), "{problems:?}");
    flags.options(&config, HERE, "Things")
}

#[test]
fn the_file_counts_where_no_flag_says_otherwise() {
    let file = "[run]\nbody-limit = 5\ndrain = 7\ncompress-from = 0\ntls-cert = \"c\"\n\
                tls-key = \"k\"\ncors-origins = [\"*\"]\nadmin-port = 9\n\
                otlp-endpoint = \"http://a\"\notlp-percent = 5\n";
    let flags = HttpFlags { body_limit: Some(6), ..HttpFlags::default() };
    let options = options(&flags, file).expect("it is sound");
    assert_eq!((options.body_limit_bytes, options.drain), (6, Duration::from_secs(7)));
    assert_eq!(options.compress_from_bytes, None);
    assert_eq!(options.cors_origins, ["*"]);
    assert_eq!(options.admin.map(|it| it.port()), Some(9));
    let tls = options.tls.expect("both files are named");
    assert_eq!(tls.certificate, Path::new("/docs/c"), "seen from the file's folder");
    let traces = options.traces.expect("a collector is named");
    assert_eq!((traces.service_name.as_str(), traces.ratio), ("Things", 0.05));
}

#[test]
fn without_either_the_defaults_count() {
    let options = options(&HttpFlags::default(), "").expect("it is sound");
    assert_eq!(options.compress_from_bytes, Some(1024));
    assert!(options.tls.is_none() && options.admin.is_none() && options.traces.is_none());
}

#[test]
fn half_an_identity_and_a_port_that_is_none_are_refused() {
    let half = HttpFlags { tls_cert: Some("c".into()), ..HttpFlags::default() };
    assert!(options(&half, "").is_err());
    assert!(options(&HttpFlags::default(), "[run]\nadmin-port = 70000\n").is_err());
}
