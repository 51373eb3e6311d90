//! Tables, columns and environment variables.

use super::*;

fn schema(columns: &str) -> String {
    format!(
        "# Design\n\n**Status:** Implemented\n\n```sql\nCREATE TABLE orders (\n{columns}\n);\n```\n"
    )
}

#[test]
fn the_same_columns_in_another_dialect_are_silent() {
    let text = schema("  id UUID PRIMARY KEY,\n  total DECIMAL(12,2) NOT NULL,\n  note TEXT");
    let code = "from sqlalchemy import Column\n\nclass Order(Base):\n    __tablename__ = \"orders\"\n\
                \x20   id = Column(String(36), primary_key=True)\n\
                \x20   total = Column(Numeric(12, 2), nullable=False)\n    note = Column(Text)\n";
    check(&[("a.md", &text)], &[("models.py", code)], &[]);
}

#[test]
fn columns_differ_in_both_directions_in_type_and_in_null() {
    let text = schema(
        "  id UUID PRIMARY KEY,\n  total DECIMAL(12,2) NOT NULL,\n  note TEXT NOT NULL,\n  channel TEXT",
    );
    let code = "CREATE TABLE orders (\n  id UUID PRIMARY KEY,\n  total REAL NOT NULL,\n  note TEXT,\n  \
                customer TEXT\n);\n";
    check(
        &[("a.md", &text)],
        &[("migrations/1.sql", code)],
        &[
            "error column-type-differs a.md:8 `orders.total` is DECIMAL(12,2) here and REAL in the \
             code",
            "warning column-nullability-differs a.md:9 `orders.note` refuses NULL here and allows it \
             in the code",
            "error column-not-in-code a.md:10 `orders` has no column `channel` in the code",
            "warning column-not-in-document migrations/1.sql:5 `orders.customer` is in the code and \
             not in the document",
        ],
    );
}

#[test]
fn a_column_of_a_later_migration_is_there() {
    let text = schema("  id UUID PRIMARY KEY,\n  note TEXT");
    let one = "CREATE TABLE orders (id UUID PRIMARY KEY);\n";
    let two = "ALTER TABLE orders ADD COLUMN note TEXT;\n";
    check(&[("a.md", &text)], &[("migrations/1.sql", one), ("migrations/2.sql", two)], &[]);
}

#[test]
fn a_table_by_another_name_shows_the_nearest() {
    let text = schema("  id UUID PRIMARY KEY");
    let code = "CREATE TABLE order_ (id UUID PRIMARY KEY);\nCREATE TABLE order (id UUID);\n";
    let found = found(&[("a.md", &text)], &[("1.sql", code)]);
    assert!(found.iter().any(|it| it.contains("the table `orders` is `order")), "{found:?}");
}

#[test]
fn variables_differ_in_both_directions() {
    let text = "# Design\n\n**Status:** Implemented\n\n| Variable | Purpose |\n|---|---|\n\
                | `SHOP_URL` | where |\n| `SHOP_SECONDS` | how long |\n| `PATH` | programs |\n";
    let code = "import os\n\nURL = os.environ[\"SHOP_URL\"]\nROOM = os.getenv(\"SHOP_LIMIT\")\n";
    check(
        &[("a.md", text)],
        &[("app.py", code)],
        &[
            "warning variable-not-in-code a.md:8 the code does not read `SHOP_SECONDS`",
            "warning variable-not-in-document app.py:4 the code reads `SHOP_LIMIT`, and no document \
             says so",
        ],
    );
}

#[test]
fn a_variable_that_only_compose_sets_is_known() {
    let text = "# Design\n\n**Status:** Implemented\n\n| Variable | Purpose |\n|---|---|\n\
                | `SHOP_URL` | where |\n| `QUEUE_URL` | where |\n";
    let code = "import os\n\nURL = os.environ[\"SHOP_URL\"]\n";
    let compose = "services:\n  queue:\n    environment:\n      QUEUE_URL: amqp\n";
    check(&[("a.md", text)], &[("app.py", code), ("compose.yaml", compose)], &[]);
}

#[test]
fn a_variable_that_is_spelled_otherwise_is_one_finding() {
    let text = "# Design\n\n**Status:** Implemented\n\n| Variable | Purpose |\n|---|---|\n\
                | `SHOP_URL` | where |\n| `SHOP_LIMITS` | how many |\n";
    let code = "import os\n\nURL = os.environ[\"SHOP_URL\"]\nROOM = os.getenv(\"SHOP_LIMIT\")\n";
    check(
        &[("a.md", text)],
        &[("app.py", code)],
        &["warning variable-not-in-code a.md:8 the code does not read `SHOP_LIMITS`, it reads \
           `SHOP_LIMIT`"],
    );
}

#[test]
fn a_document_about_other_code_is_one_finding_a_topic() {
    let text = "# Design\n\n```sql\nCREATE TABLE a (id INT);\nCREATE TABLE bcd (id INT);\n\
                CREATE TABLE efg (id INT);\n```\n\n| Variable | Purpose |\n|---|---|\n| `SHOP_URL` | a |\n\
                | `SHOP_KEY` | b |\n| `SHOP_ROOM` | c |\n";
    let code = "import os\n\nURL = os.environ[\"OTHER\"]\n";
    check(
        &[("a.md", text)],
        &[("app.py", code), ("1.sql", "CREATE TABLE others (id INT);")],
        &[
            "info table-not-in-code a.md:4 none of the 3 tables of the document is in the code",
            "info variable-not-in-code a.md:11 the code does not read 3 of the 3 variables of the \
             document",
        ],
    );
}
