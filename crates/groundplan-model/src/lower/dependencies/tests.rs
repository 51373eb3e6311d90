//! Tables and lists: what is needed, and what the other side promises.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `name [kind] sla fallback timeout retries` for each dependency of a document.
fn dependencies(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let word = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    let shown = document.dependencies.iter().map(|it| {
        let promises = [&it.sla, &it.fallback, &it.timeout, &it.retries].map(word).join(", ");
        format!("{} [{}] {promises}", it.name, word(&it.kind))
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(dependencies(text), expected);
}

#[test]
fn a_table_of_services_has_promises_and_fallbacks() {
    check(
        "# T\n\n| Service | Integration Type | SLA | Fallback Strategy | Timeout | Retries |\n\
         |---|---|---|---|---|---|\n| Billing | REST | 99.9% | queue | 2 s | 3 |\n",
        &["Billing [REST] 99.9%, queue, 2 s, 3"],
    );
}

#[test]
fn signs_are_no_part_of_a_name() {
    check(
        "# T\n\n## Dependencies\n\n- ✅ `sqlx` - pool of connections\n- ❌ Mail relay\n",
        &["sqlx [-] -, -, -, -", "Mail relay [-] -, -, -, -"],
    );
}

#[test]
fn what_is_not_needed_is_none() {
    check("# T\n\n## Dependencies\n\n### No External Dependencies\n\n- Database access\n", &[]);
    check(
        "# T\n\n## Dependencies\n\n#### Does it depend on other services?\n\n- Billing\n",
        &["Billing [-] -, -, -, -"],
    );
}

#[test]
fn items_under_external_dependencies_are_external() {
    check(
        "# T\n\n## Dependencies\n\n### External Services\n\n- **Stripe**: payments\n\
         - Mail relay\n- None\n\n### Internal Dependencies\n\n- `orders` - rows\n",
        &[
            "Stripe [external] -, -, -, -",
            "Mail relay [external] -, -, -, -",
            "orders [internal] -, -, -, -",
        ],
    );
}

#[test]
fn a_table_of_services_without_promises_lists_components() {
    check("# T\n\n| Service | Owner |\n|---|---|\n| Orders | Web |\n", &[]);
}

#[test]
fn the_order_of_tasks_is_no_dependency() {
    check("# T\n\n## Dependencies & Execution Order\n\n- T2 after T1\n", &[]);
    check("# T\n\n## Dependencies\n\n- T-2 depends on T-1\n- Blocks: T-9\n", &[]);
}
