//! Environment variables in every language.

use crate::Certainty;
use crate::code::read_code;

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let file = read_code(path, text).expect("a file of code");
    let shown = |it: &crate::code::Named| {
        let mark = if it.certainty < Certainty::Stated { "?" } else { "" };
        format!("{}:{}{mark}", it.place.line, it.name)
    };
    assert_eq!(file.env_vars.iter().map(shown).collect::<Vec<_>>(), expected, "{path}");
}

#[test]
fn programs_read_variables_in_the_ways_of_their_languages() {
    let rust = "fn f() {\n    std::env::var(\"A_URL\");\n    let x = env!(\"B_URL\");\n}\n\
                struct Args {\n    #[arg(long, env = \"C_URL\")]\n    url: String,\n}\n";
    check("a.rs", rust, &["2:A_URL", "3:B_URL", "6:C_URL"]);
    let python = "import os\na = os.getenv(\"A_URL\", \"x\")\nb = os.environ[\"B_URL\"]\n\
                  c = os.environ.get('C_URL')\n# os.environ[\"D_URL\"]\nd = config(\"E_URL\")\n";
    check("a.py", python, &["2:A_URL", "3:B_URL", "4:C_URL", "6:E_URL?"]);
    let script = "const a = process.env.A_URL || 'x';\nconst b = process.env['B_URL'];\n\
                  const { C_URL, D_URL: d } = process.env;\n// process.env.E_URL\n\
                  const f = configService.get('F_URL');\n";
    check("a.ts", script, &["1:A_URL", "2:B_URL", "3:C_URL", "3:D_URL", "5:F_URL?"]);
    let go = "package a\ntype C struct {\n\tPort int `env:\"A_PORT\" envDefault:\"1\"`\n}\n\
              func f() { os.Getenv(\"B_URL\"); os.LookupEnv(\"C_URL\") }\n";
    check("a.go", go, &["3:A_PORT", "5:B_URL", "5:C_URL"]);
    let java = "class A {\n  @Value(\"${A_URL:x}\") String a;\n  String b = System.getenv(\"B_URL\");\n}\n";
    check("A.java", java, &["2:A_URL?", "3:B_URL"]);
}

#[test]
fn fields_of_settings_are_variables_behind_their_prefix() {
    let text = "class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix=\"SHOP_\")\n\
                \x20   database_url: str\n    port: int = Field(80, validation_alias=\"PORT\")\n";
    check("a.py", text, &["3:SHOP_DATABASE_URL?", "4:PORT?"]);
}

#[test]
fn example_and_compose_files_set_variables() {
    check(
        ".env.example",
        "# About\nA_URL=x\nexport B_URL=\n# C_URL=y\n",
        &["2:A_URL", "3:B_URL", "4:C_URL?"],
    );
    let compose = "services:\n  web:\n    environment:\n      A_URL: x\n  db:\n    environment:\n      - B_URL=1\n";
    check("compose.yaml", compose, &["4:A_URL", "7:B_URL"]);
    check("docker-compose.yml", compose, &["4:A_URL", "7:B_URL"]);
    check("other.yaml", compose, &[]);
}
