//! Which names are environment variables.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let found: Vec<&str> = document.env_vars.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(found, expected);
}

#[test]
fn settings_of_a_compose_file_and_of_a_command_are_variables() {
    let text =
        "```yaml\nservices:\n  db:\n    environment:\n      POSTGRES_DB: shop\n    image: X\n```\n";
    check(text, &["POSTGRES_DB"]);
    check("```bash\ndocker run -e POSTGRES_USER=shop db\n```\n", &["POSTGRES_USER"]);
}

#[test]
fn what_a_script_computes_is_its_own() {
    check("```bash\nCOUNT=$(ls | wc -l)\nSHOP_PORT=80 ./shop\n```\n", &["SHOP_PORT"]);
    check("```bash\nSHOP_ROOT=\"$1\"\n```\n", &[]);
}

#[test]
fn a_block_of_no_language_needs_a_value_of_one_word() {
    check("```\nSTATUS=STUB → STATUS=IMPL\n```\n", &[]);
    check("```\nPORT=8080 # the default\n```\n", &["PORT"]);
}

#[test]
fn a_name_in_backticks_is_one_by_its_ending_or_its_sentence() {
    check("It reads `SHOP_API_KEY` and `MAX_LINES`.\n", &["SHOP_API_KEY"]);
    check("The environment variable `MAX_LINES` bounds it.\n", &["MAX_LINES"]);
    check("`.env.example` has `MAX_LINES`.\n", &["MAX_LINES"]);
    check("Below `${SHOP_ROOT}` it finds more.\n", &["SHOP_ROOT"]);
}

#[test]
fn a_name_is_one_where_its_sentence_or_its_sign_says_so() {
    check(
        "API tokens from environment variables (SHOP_TOKEN, SHOP_OWNER)\n",
        &["SHOP_TOKEN", "SHOP_OWNER"],
    );
    check("The generator makes `.env` with SHOP_OWNER\n", &["SHOP_OWNER"]);
    check("It reads process.env and ERROR_CODES\n", &[]);
    check("Disabled when the `CI=true` environment variable is set\n", &["CI"]);
    check(
        "Stored in `$SHOP_CONFIG_HOME/shop` or `%SHOPDATA%`\n",
        &["SHOP_CONFIG_HOME", "SHOPDATA"],
    );
    check(
        "Read from git (via `SHOP_REPO`), `SHOP_LIMIT` (default 2)\n",
        &["SHOP_REPO", "SHOP_LIMIT"],
    );
}

#[test]
fn a_home_is_one_in_any_block() {
    check("```\nUnix: $SHOP_HOME/data\n```\n\n```bash\ncd $WORK_DIR\n```\n", &["SHOP_HOME"]);
}

#[test]
fn a_name_beside_one_of_the_same_owner_is_one_too() {
    check(
        "Keep `SHOP_API_TOKEN` and `SHOP_EMAIL`, not `CART_EMAIL`.\n",
        &["SHOP_API_TOKEN", "SHOP_EMAIL"],
    );
}

#[test]
fn items_below_a_heading_about_variables_are_some() {
    check("## Environment Variables\n\n- `SHOP_MODE`: how\n- see `OTHER_MODE`\n", &["SHOP_MODE"]);
}
