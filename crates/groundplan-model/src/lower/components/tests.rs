//! Which rows, headings and bold words name components.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let found: Vec<&str> = document.components.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_name_goes_without_its_number_and_its_file() {
    let text = "# D\n\n### Key Components\n\n**Component 1: Query engine (src/query/list.rs)**\n";
    check(text, &["Query engine"]);
}

#[test]
fn a_remark_on_its_age_is_no_part_of_a_name() {
    check(
        "# D\n\n## Components\n\n### Fetcher (NEW Component)\n\n### Shop (web)\n",
        &["Fetcher", "Shop (web)"],
    );
}

#[test]
fn headings_about_all_components_name_none() {
    let text = "# D\n\n## Components\n\n### Component Summary\n\n### Scheduler\n";
    check(text, &["Scheduler"]);
    check("# D\n\n## Component Design\n\n### Class Structure\n\n### Key Components\n", &[]);
}

#[test]
fn a_bold_name_that_says_component_is_one_with_words_behind_it() {
    let text = "# D\n\n## Component Design\n\n### Key Components\n\n\
                **Retry Component**: tries again\n- Purpose: calm\n\n**Cost**: none\n";
    check(text, &["Retry Component"]);
}

#[test]
fn a_layer_with_parts_is_no_component_and_its_parts_are() {
    let text = "# D\n\n## Components and Interfaces\n\n### API Layer\n\n#### Gateway\n\n\
                ##### Contract\n\n### Scheduler\n\n#### Inputs\n\n### Data Layer\n";
    check(text, &["Gateway", "Scheduler", "Data Layer"]);
    check(
        "# D\n\n## コンポーネント・インターフェース\n\n### 表示レイヤー\n\n#### Chart\n",
        &["Chart"],
    );
}

#[test]
fn tasks_about_components_are_none() {
    check("# D\n\n### T-67: Test the core components\n\n**DEFERRED**\n\n#### Files\n", &[]);
    check("# D\n\n## Phase 6: UI Components\n\n### Task 6.1: Draw the chart\n", &[]);
}

#[test]
fn a_stack_with_versions_is_none() {
    let text = "| Component | Technology | Version |\n|--|--|--|\n| Language | Rust | 1.90 |\n";
    check(text, &[]);
}

#[test]
fn a_list_below_a_label_about_components_names_them() {
    let text = "# D\n\n## Design\n\n**Core Components**: ✅\n\n1. **Scheduler** (src/run.rs): runs\n\
                2. **Store:** keeps\n3. and more\n\n**Outputs**:\n\n- **Report**: a file\n";
    check(text, &["Scheduler", "Store"]);
}

#[test]
fn a_remark_behind_a_bold_name_does_not_hide_it() {
    let text = "# D\n\n## Architecture\n\n### Core Components\n\n**1. Reader** (new)\n\nx\n\n\
                **2. Writer** (`src/writer.rs`):\n\nx\n";
    check(text, &["Reader", "Writer"]);
    check(
        "# D\n\n### Key Components\n\n1. **Reader** (lines)\n2. **Writer**\n",
        &["Reader", "Writer"],
    );
}
