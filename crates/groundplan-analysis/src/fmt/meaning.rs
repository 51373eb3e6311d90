//! The safety net: whether two texts say the same.
//!
//! Compared are the trees without their places and the facts without theirs. White space between
//! blocks, the width of a table and the bullets of a list are in neither.

use groundplan_model::Document;
use groundplan_model::document::Forms;
use groundplan_syntax::{Edit, Kind, NodeId, Source, Span, TableView, apply};

use super::look::Look;

/// Whether two texts say the same, the places aside that `own` finds in both.
pub(super) fn same(before: &Look<'_>, after: &Look<'_>, own: fn(&Look<'_>) -> Vec<Span>) -> bool {
    let (hidden, hidden_after) = (own(before), own(after));
    if hidden.is_empty() && hidden_after.is_empty() {
        return says(before) == says(after);
    }
    let [before, after] = [blanked(before, &hidden), blanked(after, &hidden_after)];
    says(&Look::new(&before)) == says(&Look::new(&after))
}

/// The text without the places.
fn blanked(look: &Look<'_>, places: &[Span]) -> Source {
    let edits: Vec<Edit> = places.iter().map(|place| Edit::replace(*place, "")).collect();
    let text = apply(look.text(), &edits).unwrap_or_else(|_| look.text().to_owned());
    Source::new(look.source.path(), &text)
}

/// What a text says: the shape of its tree, and its facts.
fn says(look: &Look<'_>) -> (String, String) {
    let mut shape = String::with_capacity(look.text().len() * 2);
    look.tree.children(look.tree.root()).for_each(|child| write(look, child, &mut shape));
    (shape, facts(look.document()))
}

/// The shape of a node. Lists have none of their own: where one ends and the next begins only their
/// bullets say. Pieces of running text are one text.
fn write(look: &Look<'_>, node: NodeId, shape: &mut String) {
    let kind = look.tree.kind(node);
    match kind {
        Kind::Text => {
            shape.push_str(&look.tree.text(node, look.text()));
            return;
        }
        Kind::List { ordered } => {
            for item in look.tree.children(node) {
                shape.push_str(if ordered { "\u{1}1." } else { "\u{1}-" });
                write(look, item, shape);
            }
            return;
        }
        Kind::Break => {
            let break_text = look.slice(node);
            let is_hard = break_text.contains("  ") || break_text.contains('\\');
            shape.push_str(if is_hard { "\u{1}br" } else { "\n" });
            return;
        }
        _ => {}
    }
    shape.push_str(&format!("\u{1}({}", label(look, node)));
    look.tree.children(node).for_each(|child| write(look, child, shape));
    shape.push_str("\u{1})");
}

/// What a node is, with what only its payload or its bytes say.
fn label(look: &Look<'_>, node: NodeId) -> String {
    let slice = |span: Span| look.source.slice(span);
    match look.tree.kind(node) {
        Kind::FrontMatter(content) => format!("front matter {}", slice(content)),
        Kind::Fence { info, content, closed } => {
            format!("fence {} {closed} {}", slice(info), slice(content))
        }
        Kind::Code(content) => format!("code {}", slice(content)),
        Kind::Link(index) => format!("link {}", look.tree.target(index)),
        Kind::Image(index) => format!("image {}", look.tree.target(index)),
        Kind::HtmlBlock => format!("html {}", look.slice(node).trim_end()),
        Kind::IndentedCode => format!("indented {}", look.slice(node).trim_end()),
        Kind::InlineHtml => format!("inline html {}", look.slice(node)),
        Kind::Table => format!("table {}", alignment(look, node)),
        Kind::TableCell => format!("cell {}", look.slice(node)),
        kind => format!("{kind:?}"),
    }
}

/// The marks of a table's columns: `-`, `:-`, `-:` or `:-:` each.
fn alignment(look: &Look<'_>, table: NodeId) -> String {
    let head = TableView::new(&look.tree, table).header.span;
    let line = look.source.line(head.start as usize) + 1;
    let line = look.source.line_span(line).map_or("", |span| look.source.slice(span));
    let mut marks = String::new();
    for c in line.chars().filter(|c| matches!(c, '|' | ':' | '-')) {
        if !(c == '-' && marks.ends_with('-')) {
            marks.push(c);
        }
    }
    marks.trim_matches('|').to_owned()
}

/// All facts without their places.
///
/// Read from their debug form, so that a kind of fact that is new tomorrow is compared as well.
fn facts(document: &Document) -> String {
    let bare =
        Document { source: Source::new("", ""), forms: Forms::default(), ..document.clone() };
    let text = format!("{bare:?}");
    let mut pieces = text.split("Span { start: ");
    let first = pieces.next().unwrap_or("").to_owned();
    pieces.fold(first, |mut facts, piece| {
        facts.push_str(piece.split_once(" }").map_or(piece, |it| it.1));
        facts
    })
}
