//! How long functions are.

use groundplan_tests::files;

use super::code::code_only;
use super::none_of;

/// Lines from `fn` to the closing brace that no function may pass.
const LIMIT: usize = 70;

#[test]
fn no_function_is_longer_than_seventy_lines() {
    let mut faults = Vec::new();
    for file in files("").iter().filter(|file| file.is(".rs")) {
        let long = functions(file.text()).into_iter().filter(|it| it.lines > LIMIT);
        let fault = |it: Function| {
            format!("{}:{}: `{}` has {} lines", file.path, it.line, it.name, it.lines)
        };
        faults.extend(long.map(fault));
    }
    none_of(faults);
}

#[derive(Debug, PartialEq)]
struct Function {
    name: String,
    line: usize,
    lines: usize,
}

fn functions(text: &str) -> Vec<Function> {
    let code = code_only(text);
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let is_word = at == 0 || !code.as_bytes()[at - 1].is_ascii_alphanumeric();
        let rest = &code[at + 3..];
        let name: String =
            rest.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
        let Some(length) = body_end(rest).filter(|_| is_word && !name.is_empty()) else { continue };
        let line = code[..at].matches('\n').count() + 1;
        found.push(Function { name, line, lines: rest[..length].matches('\n').count() + 1 });
    }
    found
}

/// Offset after the closing brace of the body; `None` where a declaration has none.
fn body_end(rest: &str) -> Option<usize> {
    let (mut round, mut curly) = (0, 0);
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'(' | b'[' => round += 1,
            b')' | b']' if round == 0 => return None,
            b')' | b']' => round -= 1,
            b';' | b',' | b'=' if round == 0 && curly == 0 => return None,
            b'{' => curly += 1,
            b'}' if curly == 0 => return None,
            b'}' => {
                curly -= 1;
                if curly == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn functions_are_measured_from_their_name_to_their_closing_brace() {
    let text = "fn one() {}\ntrait T { fn none(&self) -> [u8; 2]; }\n    pub(crate) fn two<'a>(
        x: fn(u8) -> u8, // {
    ) -> &'a str {\n        \"}\"\n    }\nfn three() {\n  if x { y }\n}\n";
    let found: Vec<_> =
        functions(text).into_iter().map(|it| (it.name, it.line, it.lines)).collect();
    let expected = [("one", 1, 1), ("two", 3, 5), ("three", 8, 3)];
    assert_eq!(found, expected.map(|(name, line, lines)| (name.to_owned(), line, lines)));
}
