//! Which of flags, environment and file counts.

use std::time::Duration;

use groundplan_model::{ServicePlan, lower, plan};
use groundplan_syntax::{Source, parse};

use super::{OutsideFlags, told};
use crate::config::Config;

const SHOP: &str = "# Shop\n\n## Service Dependencies\n\n\
    | Service | Integration Type | Timeout |\n|---|---|---|\n\
    | Catalog | REST | 2 s |\n| Mail | REST | 1 s |\n\n\
    ```sql\nCREATE TABLE orders (id INTEGER PRIMARY KEY, title TEXT);\n```\n\n\
    - `POST /orders`\n\n\
    ```rule POST /orders\ncall catalog GET \"/\" as answer\nset title = answer.title\n```\n";

fn shop() -> ServicePlan {
    let source = Source::new("design.md", SHOP);
    plan(&lower(&source, &parse(&source))).expect("it has an endpoint")
}

fn config(text: &str) -> Config {
    let (config, problems) = Config::of_text(text);
    assert!(problems.is_empty(), "{problems:?}");
    config
}

fn flags(pairs: &[(&str, &str)]) -> OutsideFlags {
    let services = pairs.iter().map(|(name, url)| ((*name).to_owned(), (*url).to_owned()));
    OutsideFlags { services: services.collect(), ..OutsideFlags::default() }
}

fn urls(flags: &OutsideFlags, variables: &[(&str, &str)]) -> Vec<String> {
    let config = config("[run.services]\ncatalog = \"http://file\"\nother = \"http://x\"\n");
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let services = flags.services(&config, &shop(), &variable).expect("known names");
    services.iter().map(|it| format!("{} {} {:?}", it.name, it.url, it.authorization)).collect()
}

#[test]
fn an_upstream_is_named_by_flag_or_file_and_an_empty_one_is_none() {
    let config = config("[run]\nupstream = \"http://a\"\noutside-timeout = 2\n");
    let options = OutsideFlags::default().options(&config, &shop()).expect("it is sound");
    assert_eq!(options.upstream.as_deref(), Some("http://a"));
    assert_eq!(options.patience, Duration::from_secs(2));
    let none = OutsideFlags { upstream: Some(String::new()), ..OutsideFlags::default() };
    assert_eq!(none.options(&config, &shop()).expect("it is sound").upstream, None);
}

#[test]
fn a_flag_counts_before_the_environment_and_that_before_the_file() {
    let nothing = OutsideFlags::default();
    assert_eq!(urls(&nothing, &[]), ["catalog http://file None"]);
    let variables = [
        ("GROUNDPLAN_SERVICE_CATALOG", "http://env"),
        ("GROUNDPLAN_SERVICE_CATALOG_AUTHORIZATION", "Bearer hidden"),
        ("GROUNDPLAN_SERVICE_MAIL", "http://mail"),
    ];
    let both = ["catalog http://env Some(***)", "mail http://mail None"];
    assert_eq!(urls(&nothing, &variables), both);
    let named = flags(&[("catalog", "http://flag")]);
    assert_eq!(urls(&named, &[]), ["catalog http://flag None"]);
}

#[test]
fn a_name_that_the_document_does_not_have_is_refused_as_a_flag() {
    let flags = flags(&[("catalogue", "http://a")]);
    assert!(flags.services(&config(""), &shop(), &|_| None).is_err());
}

#[test]
fn what_stands_in_for_a_service_without_an_address_is_said() {
    let options = OutsideFlags::default().options(&config(""), &shop()).expect("it is sound");
    let said = told(&shop(), &options);
    let expected = "catalog has no address: calls fail; name it with --service catalog=URL";
    assert_eq!(said, [expected], "nothing calls the other one");
    let options = flags(&[("catalog", "http://a")]).options(&config(""), &shop());
    assert_eq!(told(&shop(), &options.expect("it is sound")), ["catalog at http://a"]);
}
