//! What tells another service's endpoint from the document's own.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// Paths of the endpoints that another service answers.
fn external(text: &str) -> Vec<String> {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let all = document.endpoints.iter().chain(&document.mentions);
    all.filter(|it| document.is_external(it)).map(|it| it.path.clone()).collect()
}

#[test]
fn a_host_before_the_path_is_another_service() {
    let text = "# A\n\nThe token comes from `GET https://api.payments.io/v2/token` and goes to \
        `POST /orders`.\n";
    assert_eq!(external(text), ["/v2/token"]);
}

#[test]
fn a_host_that_is_nobody_s_or_a_parameter_is_none() {
    for url in [
        "http://localhost:8080/orders",
        "https://api.example.com/orders",
        "https://orders.test/orders",
        "{base}/orders",
        "/orders?from=https://shop.payments.io/",
    ] {
        let text = format!("# A\n\n```\nGET {url}\n```\n");
        assert_eq!(external(&text), [""; 0], "{url}");
    }
}

#[test]
fn a_section_of_other_services_holds_their_endpoints() {
    let text = "# A\n\n## 4. API\n\n* `GET /orders`\n\n## 5. External Services\n\n\
        ### Payments\n\n* `GET /charges`\n\n## External API\n\n* `GET /bills`\n";
    assert_eq!(external(text), ["/charges"]);
}

#[test]
fn a_row_may_say_it() {
    let text = "# A\n\n## API\n\n| Method | Path | Purpose |\n|---|---|---|\n\
        | GET | /orders | List them |\n| GET | /rates | Exchange rates (external) |\n";
    assert_eq!(external(text), ["/rates"]);
}
