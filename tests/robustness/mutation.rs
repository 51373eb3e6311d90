//! Documents as nobody would write them.

use groundplan_tests::Random;

/// Pieces that mean something to a reader.
static WORDS: &[&str] = &[
    "# ",
    "## API\n",
    "- ",
    "* [ ] ",
    "1. ",
    "> ",
    "`",
    "```",
    "````",
    "~~~",
    "```json\n",
    "```sql\n",
    "```yaml\n",
    "```markdown\n",
    "---\n",
    "| ",
    "|---|---|\n",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "**Status**: ",
    "Approved",
    "Method",
    "Path",
    "GET ",
    "POST ",
    "/orders",
    "/{id}",
    "/api/v1",
    "200",
    "404",
    "p95",
    "< 200ms",
    "> 1s",
    "{\"a\": 1}",
    "[",
    "]",
    "(",
    ")",
    "[x](y.md)",
    "<!-- ",
    " -->",
    "CREATE TABLE a (",
    "id INTEGER PRIMARY KEY",
    ");",
    "REFERENCES b",
    "openapi: 3.1.0\n",
    "paths:\n",
    "  /a:\n",
    "    get:\n",
    "TBD",
    "{{X}}",
    "ä",
    "漢",
    "\u{feff}",
    "\u{0}",
    "\\|",
    "&amp;",
    "https://example.org/",
    "2026-01-02",
    "v1.2",
    "Change Log\n",
    "Open Questions\n",
    "\\",
    "\"",
    "'",
];

/// `bytes` with one to four changes.
pub(super) fn mutated(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        mutate(&mut bytes, random);
    }
    bytes
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(400)).min(bytes.len());
    match random.below(7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(..at)),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let part = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, part);
        }
        4 => {
            let word = random.pick(WORDS).copied().unwrap_or("");
            bytes.splice(at..at, word.bytes());
        }
        5 => bytes[at..end].iter_mut().for_each(|it| *it = if *it == b'\n' { b' ' } else { *it }),
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.number().to_le_bytes()[0];
            }
        }
    }
}

pub(super) fn bytes(random: &mut Random) -> Vec<u8> {
    (0..random.below(600)).map(|_| random.number().to_le_bytes()[0]).collect()
}

pub(super) fn words(random: &mut Random) -> Vec<u8> {
    let count = random.below(120);
    (0..count).filter_map(|_| random.pick(WORDS)).flat_map(|it| it.bytes()).collect()
}
