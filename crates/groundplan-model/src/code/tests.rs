//! What holds for every file of code.

use super::{CodeFile, LIMIT_BYTES, Language, is_code, link_routes, link_tables, read_code};

const FILES: [(&str, &str); 9] = [
    ("a.rs", "use axum::Router;\n#[get(\"/x\")]\nfn f() { Router::new().route(\"/x\", get(f)) }\n"),
    ("a.py", "from fastapi import FastAPI\napp = FastAPI()\n@app.get(f\"{a}/x\")\ndef f(): ...\n"),
    ("a.ts", "import express from 'express';\nconst app = express();\napp.get(`/${x}`, f);\n"),
    ("a.js", "const app = require('express')();\napp.use('/x', require('./y').z);\n"),
    (
        "a.go",
        "import \"github.com/gin-gonic/gin\"\nfunc f() { r := gin.New(); r.GET(\"/x\", f) }\n",
    ),
    ("A.java", "@RequestMapping(\"/x\")\nclass A { @GetMapping({\"/a\"}) void f() {} }\n"),
    ("a.sql", "CREATE TABLE a (id INT); ALTER TABLE a ADD b TEXT;\n"),
    ("a.prisma", "model A {\n  id Int @id @map(\"x\")\n}\n"),
    ("a.yaml", "openapi: 3.1.0\npaths:\n  /x:\n    get: {}\n"),
];

#[test]
fn no_text_is_too_broken_to_be_read() {
    for (path, text) in FILES {
        for (at, _) in text.char_indices() {
            let (head, tail) = text.split_at(at);
            let files = [head.to_owned(), tail.to_owned(), format!("{tail}{head}")];
            let read: Vec<CodeFile> = files.iter().filter_map(|it| read_code(path, it)).collect();
            assert_eq!(read.len(), 3);
            link_routes(&read);
            link_tables(&read);
        }
    }
}

#[test]
fn nesting_without_end_is_read() {
    for (path, head, open) in [
        ("a.rs", "use axum::Router;\n", "f("),
        ("a.rs", "use axum::Router;\n", "a.route(\"/x\", get(x))."),
        ("a.py", "import fastapi\n", "["),
        ("a.py", "import fastapi\n", "if x:\n "),
        ("a.ts", "import 'express';\n", "{a:["),
        ("a.js", "import 'express';\n", "() => "),
        ("a.go", "import \"github.com/gin-gonic/gin\"\n", "func("),
        ("A.java", "@RequestMapping\n", "class A {"),
    ] {
        let text = format!("{head}{}", open.repeat(3000));
        assert!(read_code(path, &text).is_some(), "{path}: {open}");
    }
}

#[test]
fn facts_survive_a_cache() {
    for (path, text) in FILES {
        let file = read_code(path, text).expect("a file of code");
        let cached = serde_json::to_string(&file).expect("facts can be written");
        assert_eq!(serde_json::from_str::<CodeFile>(&cached).expect("facts can be read"), file);
    }
}

#[test]
fn files_are_told_by_their_names() {
    for (path, language) in [
        ("src/a.tsx", Some(Language::Tsx)),
        (".env.example", Some(Language::Env)),
        (".env", None),
        ("docs/openapi.json", Some(Language::Json)),
        ("package.json", None),
        ("pnpm-lock.yaml", None),
        ("a.d.ts", None),
        ("notes.md", None),
    ] {
        assert_eq!(Language::of(path), language, "{path}");
        assert_eq!(is_code(path), language.is_some());
    }
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    assert!(read_code("a.rs", &" ".repeat(LIMIT_BYTES)).is_some());
    assert!(read_code("a.rs", &" ".repeat(LIMIT_BYTES + 1)).is_none());
}
