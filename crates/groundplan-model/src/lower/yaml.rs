//! YAML with places, by saphyr.

use std::borrow::Cow;

use groundplan_syntax::Span;
use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use crate::document::Text;

/// Parses the first document of `text`; `None` where it is not YAML.
pub(crate) fn parse(text: &str) -> Option<MarkedYaml<'_>> {
    MarkedYaml::load_from_str(text).ok()?.into_iter().next()
}

/// Why `text`, which stands at `base`, is not YAML, and where.
pub(crate) fn fault(text: &str, base: usize) -> Option<Text> {
    let error = MarkedYaml::load_from_str(text).err()?;
    let mark = error.marker();
    let start = line_start(text, mark.line());
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let skipped: usize = line.chars().take(mark.col()).map(char::len_utf8).sum();
    let len = line.get(skipped..).and_then(|it| it.chars().next()).map_or(0, char::len_utf8);
    let at = base + start + skipped;
    Some(Text { text: error.info().to_owned(), span: Span::new(at, at + len) })
}

/// Pairs of a mapping; none for anything else.
pub(crate) fn pairs<'a, 'input>(
    node: &'a MarkedYaml<'input>,
) -> impl Iterator<Item = (&'a MarkedYaml<'input>, &'a MarkedYaml<'input>)> {
    let mapping = match &node.data {
        YamlData::Mapping(mapping) => Some(mapping),
        _ => None,
    };
    mapping.into_iter().flatten()
}

/// Items of a list; none for anything else.
pub(crate) fn items<'a, 'input>(
    node: &'a MarkedYaml<'input>,
) -> impl Iterator<Item = &'a MarkedYaml<'input>> {
    let list = match &node.data {
        YamlData::Sequence(list) => Some(list),
        _ => None,
    };
    list.into_iter().flatten()
}

/// The value under `key` of a mapping.
pub(crate) fn get<'a, 'input>(
    node: &'a MarkedYaml<'input>,
    key: &str,
) -> Option<&'a MarkedYaml<'input>> {
    pairs(node).find(|(name, _)| scalar(name).as_deref() == Some(key)).map(|(_, value)| value)
}

/// A scalar as text; a list of scalars with commas between.
pub(crate) fn scalar<'a>(node: &'a MarkedYaml<'_>) -> Option<Cow<'a, str>> {
    match &node.data {
        YamlData::Value(Scalar::String(text)) => Some(Cow::Borrowed(text)),
        YamlData::Value(Scalar::Integer(number)) => Some(number.to_string().into()),
        YamlData::Value(Scalar::FloatingPoint(number)) => Some(number.to_string().into()),
        YamlData::Value(Scalar::Boolean(value)) => Some(value.to_string().into()),
        YamlData::Representation(text, ..) => Some(Cow::Borrowed(text)),
        YamlData::Sequence(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| scalar(item)).collect();
            Some(texts.join(", ").into())
        }
        _ => None,
    }
}

/// Where a node stands: the part of its first line that it covers. `base` is where `text` starts.
pub(crate) fn span(node: &MarkedYaml<'_>, text: &str, base: usize) -> Span {
    let start = node.span.start;
    let line_start = line_start(text, start.line());
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let skipped: usize = line.chars().take(start.col()).map(char::len_utf8).sum();
    let rest = line.get(skipped..).unwrap_or("");
    let end = &node.span.end;
    let len = if end.line() == start.line() {
        rest.chars().take(end.col().saturating_sub(start.col())).map(char::len_utf8).sum()
    } else {
        rest.trim_end().len()
    };
    Span::new(base + line_start + skipped, base + line_start + skipped + len)
}

fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}
