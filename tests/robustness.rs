//! Any bytes are a document: whatever is cut, flipped or doubled, every phase ends, places are
//! text, and edits leave all other bytes.

mod edits;
mod long;
mod mutation;
mod sound;

use std::time::{Duration, Instant};

use groundplan_model::lower;
use groundplan_syntax::{Source, parse};
use groundplan_tests::{File, Random, files};

use long::LINES;
use mutation::mutated;
use sound::is_sound;

/// Mutants of each document; a failure prints the seed, which is the mutant's number.
const MUTANTS: u64 = 12;

/// Documents longer than this are mutated less: each mutant costs as much as its length.
const LONG: usize = 20_000;

#[test]
fn whole_documents_are_sound() {
    documents().iter().for_each(|file| is_sound(&file.path, &file.bytes));
}

#[test]
fn mutated_documents_are_sound() {
    for file in documents() {
        let count = if file.bytes.len() > LONG { 2 } else { MUTANTS };
        for seed in 0..count {
            let bytes = mutated(&file.bytes, &mut Random::new(seed));
            is_sound(&format!("{} seed {seed}", file.path), &bytes);
        }
    }
}

#[test]
fn random_bytes_and_markdown_words_are_sound() {
    for seed in 0..200 {
        let random = &mut Random::new(seed);
        is_sound(&format!("bytes, seed {seed}"), &mutation::bytes(random));
        is_sound(&format!("words, seed {seed}"), &mutation::words(random));
    }
}

#[test]
fn deep_and_wide_documents_are_sound() {
    let repeated = |text: &str, count: usize| text.repeat(count).into_bytes();
    for (name, bytes) in [
        ("quotes", repeated("> ", 3_000)),
        (
            "lists",
            (0..300)
                .map(|depth| format!("{}- x\n", "  ".repeat(depth)))
                .collect::<String>()
                .into_bytes(),
        ),
        ("emphasis", repeated("*a _b ", 3_000)),
        ("brackets", repeated("[", 5_000)),
        ("links", repeated("[a](", 3_000)),
        ("fences", repeated("```markdown\n", 2_000)),
        (
            "wide table",
            format!("{0}\n{1}\n{0}\n", "| a ".repeat(2_000), "|---".repeat(2_000)).into_bytes(),
        ),
        ("headings", repeated("# A\n", 5_000)),
        ("json", format!("```json\n{}\n```\n", "[".repeat(5_000)).into_bytes()),
        ("sql", format!("```sql\nSELECT {};\n```\n", "(".repeat(5_000)).into_bytes()),
        (
            "check",
            format!("```sql\nCREATE TABLE a (b INT CHECK ({}));\n```\n", "NOT ".repeat(5_000))
                .into_bytes(),
        ),
        ("yaml", format!("---\na: {}\n---\n", "[".repeat(5_000)).into_bytes()),
        (
            "openapi",
            format!("```yaml\nopenapi: 3.1.0\npaths:\n  /a: {}\n```\n", "{b: ".repeat(2_000))
                .into_bytes(),
        ),
        ("path", format!("- `GET /{}`\n", "a/".repeat(5_000)).into_bytes()),
    ] {
        is_sound(name, &bytes);
    }
}

/// The example, the cases and our own pages.
fn documents() -> Vec<File> {
    let all = files("").into_iter().filter(|file| file.is(".md"));
    let found: Vec<File> = all.collect();
    assert!(found.len() > 20, "the documents are gone");
    found
}

/// What takes a time that grows with the square of its length takes minutes at this one.
#[test]
fn long_lines_and_blocks_are_read_in_time() {
    const LENGTH: usize = 60_000;
    const LIMIT: Duration = Duration::from_secs(20);
    for line in LINES {
        for (form, text) in long::documents(line, LENGTH) {
            let start = Instant::now();
            let source = Source::new("design.md", &text);
            lower(&source, &parse(&source));
            let took = start.elapsed();
            assert!(took < LIMIT, "{form}: `{line}` took {took:?}");
        }
    }
}
