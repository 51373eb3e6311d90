//! One block of code, line by line.

use std::collections::BTreeSet;

use groundplan_syntax::Span;

use super::{Definition, What};

/// Words that may stand before the word that tells what is defined.
const MODIFIERS: [&str; 18] = [
    "export",
    "default",
    "public",
    "private",
    "protected",
    "internal",
    "abstract",
    "final",
    "sealed",
    "static",
    "async",
    "pub",
    "pub(crate)",
    "data",
    "declare",
    "open",
    "override",
    "virtual",
];

/// Words that define a type.
const TYPES: [&str; 8] =
    ["class", "interface", "struct", "enum", "trait", "record", "protocol", "type"];

/// Words that define a function.
const FUNCTIONS: [&str; 5] = ["def", "function", "fn", "func", "fun"];

/// Types that come with a language or that every framework has.
const BUILT_IN: [&str; 86] = [
    "AsyncSession",
    "Session",
    "Tensor",
    "DataFrame",
    "ReactNode",
    "Stream",
    "ReadableStream",
    "Blob",
    "Router",
    "FastAPI",
    "Self",
    "Ok",
    "Any",
    "Array",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "Base",
    "BaseModel",
    "Boolean",
    "Box",
    "Buffer",
    "Bool",
    "Bytes",
    "Callable",
    "Config",
    "Context",
    "Date",
    "DateTime",
    "Decimal",
    "Depends",
    "Dict",
    "Double",
    "Duration",
    "Enum",
    "Err",
    "Error",
    "Exception",
    "Field",
    "FC",
    "File",
    "Float",
    "Function",
    "Generator",
    "Generic",
    "HashMap",
    "Instant",
    "Int",
    "Integer",
    "Iterable",
    "Iterator",
    "Json",
    "List",
    "Literal",
    "Long",
    "Map",
    "Mapping",
    "None",
    "Number",
    "Object",
    "Option",
    "Optional",
    "Omit",
    "Partial",
    "Path",
    "Pick",
    "Promise",
    "Protocol",
    "Readonly",
    "Record",
    "Request",
    "Response",
    "Result",
    "Self",
    "Sequence",
    "Set",
    "String",
    "Task",
    "True",
    "Tuple",
    "Type",
    "Union",
    "Uuid",
    "Vec",
    "Void",
];

pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name) || name.len() < 3
}

/// Names behind `import`, `from … import` and `use`.
pub(super) fn imported(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in code.lines() {
        let line = line.trim_start();
        if ["import ", "from ", "use ", "using "].iter().any(|it| line.starts_with(it)) {
            names.extend(type_names(line));
        }
    }
    names
}

/// What a block defines.
pub(super) fn definitions(code: &str, content: Span) -> Vec<Definition> {
    let mut found: Vec<Definition> = Vec::new();
    let mut owner: Option<(usize, String)> = None;
    let mut at = content.start as usize;
    for line in code.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if owner.as_ref().is_some_and(|(depth, _)| !line.trim().is_empty() && indent <= *depth) {
            owner = None;
        }
        let rest = code.get(at - content.start as usize..).unwrap_or("");
        if let Some((what, name)) = declared(line, owner.is_some()) {
            let signature = signature(rest);
            let belongs = owner.as_ref().map(|(_, name)| name.clone());
            let belongs = receiver(line).or(belongs).filter(|_| what == What::Function);
            found.push(Definition {
                names: type_names(&signature).into_iter().filter(|it| *it != name).collect(),
                span: Span::new(at + indent, at + line.trim_end().len()),
                owner: belongs,
                signature,
                what,
                name: name.clone(),
            });
            if what == What::Type {
                owner = Some((indent, name));
            }
        }
        at += line.len();
    }
    found
}

/// What a line declares.
fn declared(line: &str, in_type: bool) -> Option<(What, String)> {
    let mut words = line.split_whitespace().peekable();
    while words.next_if(|word| MODIFIERS.contains(word)).is_some() {}
    let keyword = words.next()?;
    let rest = line.get(line.find(keyword)? + keyword.len()..)?.trim_start();
    let rest = if keyword == "enum" { rest.trim_start_matches("class ") } else { rest };
    if TYPES.contains(&keyword) {
        let name = identifier(rest)?;
        return name.starts_with(char::is_uppercase).then_some((What::Type, name));
    }
    if FUNCTIONS.contains(&keyword) {
        let rest =
            rest.strip_prefix('(').and_then(|it| it.split_once(") ")).map_or(rest, |it| it.1);
        return Some((What::Function, identifier(rest)?));
    }
    in_type.then(|| method(line)).flatten().map(|name| (What::Function, name))
}

/// A method without a word for it: `findAll(id: string): Promise<User[]>;`.
fn method(line: &str) -> Option<String> {
    const NONE: [&str; 10] =
        ["if", "for", "while", "return", "switch", "catch", "new", "await", "super", "constructor"];
    let mut words = line.split_whitespace().peekable();
    while words.next_if(|word| MODIFIERS.contains(word)).is_some() {}
    let word = words.next()?;
    let name = identifier(word)?;
    let opens = word.get(name.len()..)?.starts_with(['(', '<']);
    let typed = line.contains("): ") || line.trim_end().ends_with(") {");
    let plain = !line.trim_start().starts_with(['.', '/', '*', '#']) && !line.contains(" = ");
    (opens && typed && plain && !NONE.contains(&name.as_str())).then_some(name)
}

/// The receiver of a Go method.
fn receiver(line: &str) -> Option<String> {
    let inside = line.trim_start().strip_prefix("func (")?.split_once(')')?.0;
    identifier(inside.split_whitespace().last()?.trim_start_matches('*'))
}

fn identifier(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    text.get(..end).filter(|it| !it.is_empty()).map(str::to_owned)
}

/// From the start of a declaration to the end of its parameters and what stands on that line.
fn signature(rest: &str) -> String {
    const LONGEST: usize = 12;
    let mut open = 0;
    let mut closed = 0;
    let mut text = String::new();
    for line in rest.lines().take(LONGEST) {
        text.push_str(line.trim());
        text.push(' ');
        open += line.matches(['(', '[']).count();
        closed += line.matches([')', ']']).count();
        if open <= closed {
            break;
        }
    }
    let text = text.trim().replace("( ", "(").replace(", )", ")").replace(" )", ")");
    text.trim_end_matches(['{', ':', ' ', '.', ';']).to_owned()
}

/// Words in Pascal case.
fn type_names(text: &str) -> Vec<String> {
    // A name behind a dot is another module's: `nn.Module`.
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.'));
    let is_type = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains(|c: char| c.is_ascii_lowercase())
    };
    words.filter(is_type).map(str::to_owned).collect()
}
