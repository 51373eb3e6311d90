//! One walk over a tree: items on the way down, calls and bindings on the way up, so that what is
//! inside them is known.

use std::collections::HashMap;

use tree_sitter::{Node, Parser};

use super::grammar::{Grammar, Role, Roles};
use super::names::{ident, last};
use super::{Binding, Call, Item, ItemKind, Syntax, Value, javascript};
use crate::code::{Language, bounded};

/// Bindings that are fields, which decorators may stand before.
const FIELDS: [&str; 3] = ["public_field_definition", "field_definition", "field_declaration"];

/// A walk on its way.
pub(super) struct Walk<'s, 'a> {
    pub(super) syntax: &'s mut Syntax<'a>,
    pub(super) roles: Roles,
    grammar: &'static Grammar,
    /// Items around the node: the node's number, the item, and where its body begins.
    open: Vec<(usize, usize, usize)>,
    /// Decorators that belong to what comes next.
    pending: Vec<usize>,
    pub(super) calls: HashMap<usize, usize>,
    pub(super) functions: HashMap<usize, usize>,
}

/// Fills `syntax`; `None` where the parser gives nothing.
pub(super) fn walk<'a>(
    (grammar, language): (&'static Grammar, Language),
    syntax: &mut Syntax<'a>,
) -> Option<()> {
    let own = (grammar.language)(language);
    let roles = Roles::new(grammar, &own);
    let mut parser = Parser::new();
    parser.set_language(&own).ok()?;
    let tree = bounded::tree(&mut parser, syntax.text)?;
    let (calls, functions) = (HashMap::new(), HashMap::new());
    let (open, pending) = (Vec::new(), Vec::new());
    Walk { syntax, roles, grammar, open, pending, calls, functions }.whole(tree.root_node());
    Some(())
}

impl<'a> Walk<'_, 'a> {
    fn whole(&mut self, root: Node<'_>) {
        let mut cursor = root.walk();
        loop {
            self.enter(cursor.node());
            if cursor.goto_first_child() {
                continue;
            }
            loop {
                self.leave(cursor.node());
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    return;
                }
            }
        }
    }

    fn enter(&mut self, node: Node<'_>) {
        match self.roles.of(node) {
            Some(Role::Function) => self.item(node, ItemKind::Function),
            Some(Role::Type) => self.item(node, ItemKind::Type),
            Some(Role::Comment) => self.syntax.comments.push(node.byte_range()),
            Some(Role::Import) => {
                let found = (self.grammar.import)(self.text(node));
                self.syntax.imports.extend(found);
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        match self.roles.of(node) {
            Some(Role::Function | Role::Type) => self.close(node),
            Some(Role::Call) => {
                let call = self.call(node);
                self.add(node, call);
            }
            Some(Role::Macro) => {
                let call = self.macro_call(node);
                self.add(node, call);
            }
            Some(Role::Binding) => drop(self.binding(node)),
            Some(Role::Decorator) => self.decorator(node),
            Some(Role::Export) => self.export(node),
            _ => {}
        }
    }

    /// The text of a node.
    pub(super) fn text(&self, node: Node<'_>) -> &'a str {
        self.syntax.text.get(node.byte_range()).unwrap_or("")
    }

    /// The innermost item around.
    pub(super) fn scope(&self) -> Option<usize> {
        self.open.last().map(|it| it.1)
    }

    fn item(&mut self, node: Node<'_>, kind: ItemKind) {
        let range = node.byte_range();
        let name = field(node, &["name", "type"]).filter(|it| it.end_byte() <= range.end);
        let body = field(node, &["body", "type"]).map_or(range.end, |it| it.start_byte());
        let name = name.filter(|it| kind == ItemKind::Type || it.start_byte() < body);
        let parameters = field(node, &["parameters", "parameter"]);
        let index = self.syntax.items.len();
        self.syntax.items.push(Item {
            kind,
            name: name.map_or("", |it| self.text(it)),
            parent: self.scope(),
            decorators: if name.is_some() { std::mem::take(&mut self.pending) } else { Vec::new() },
            parameters: parameters.map(|it| self.parameters(it)).unwrap_or_default(),
            head: self.syntax.text.get(range.start..body).unwrap_or(""),
            name_range: name.map_or(range.start..range.start, |it| it.byte_range()),
            range,
        });
        self.functions.insert(node.id(), index);
        self.open.push((node.id(), index, body));
    }

    fn close(&mut self, node: Node<'_>) {
        self.open.pop_if(|it| it.0 == node.id());
        // What stands before the last thing in a type belongs to nothing behind it.
        if self.roles.of(node) == Some(Role::Type) {
            self.pending.clear();
        }
    }

    /// The names that parameters begin with: `mut db: &Db`, `app: Express`, `r chi.Router`.
    fn parameters(&self, node: Node<'_>) -> Vec<&'a str> {
        const BEFORE: [&str; 4] = ["mut ", "private ", "public ", "readonly "];
        if node.named_child_count() == 0 {
            return Some(ident(self.text(node))).filter(|it| !it.is_empty()).into_iter().collect();
        }
        let mut cursor = node.walk();
        let texts = node.named_children(&mut cursor).map(|child| self.text(child));
        let bare = texts.map(|text| {
            let text = text.trim_start_matches(['*', '&', '.']);
            ident(BEFORE.iter().find_map(|it| text.strip_prefix(it)).unwrap_or(text))
        });
        bare.filter(|name| !name.is_empty()).collect()
    }

    fn add(&mut self, node: Node<'_>, call: Option<Call<'a>>) -> Option<usize> {
        let index = self.syntax.calls.len();
        self.syntax.calls.push(call?);
        self.calls.insert(node.id(), index);
        Some(index)
    }

    fn decorator(&mut self, node: Node<'_>) {
        let call = (self.grammar.decorator)(self, node);
        let Some(index) = self.add(node, call) else { return };
        let inside = self.open.last().filter(|(_, _, body)| node.start_byte() < *body);
        match inside.and_then(|(_, item, _)| self.syntax.items.get_mut(*item)) {
            Some(item) => item.decorators.push(index),
            None => self.pending.push(index),
        }
    }

    fn binding(&mut self, node: Node<'_>) -> Option<()> {
        let mut target = field(node, &["name", "left", "pattern", "property"])?;
        if target.kind() == "expression_list" {
            target = target.named_child(0)?;
        }
        let name = self.text(target);
        let name = name.strip_prefix("mut ").unwrap_or(name);
        let value = field(node, &["right", "value"]).map_or(Value::None, |it| self.value(it));
        let ty = field(node, &["type"]).map_or("", |it| self.text(it));
        let is_field = FIELDS.contains(&node.kind());
        let decorators = if is_field { std::mem::take(&mut self.pending) } else { Vec::new() };
        self.remember(name, &value);
        self.syntax.bindings.push(Binding {
            name,
            ty: ty.trim_start_matches(':').trim(),
            value,
            scope: self.scope(),
            decorators,
            tag: field(node, &["tag"]).map_or("", |it| self.text(it)),
            name_range: target.byte_range(),
        });
        Some(())
    }

    /// What a binding means for the rest of the file.
    fn remember(&mut self, name: &'a str, value: &Value<'a>) {
        if let Value::Text { text, whole: true } = value {
            self.syntax.constants.insert(last(name), text.clone());
        }
        if name == "module.exports" {
            self.syntax.default_export = Some(value.clone());
        }
        let Some((_, call)) = self.syntax.as_call(value) else { return };
        let module = call.positional(0).and_then(|it| self.syntax.stated(&it.value));
        if let ("require", Some(module)) = (call.name, module) {
            let found = match name.strip_prefix('{') {
                Some(names) => javascript::list(names.trim_end_matches('}'), &module),
                None => vec![crate::code::Import {
                    local: name.to_owned(),
                    module: module.into_owned(),
                    name: None,
                }],
            };
            self.syntax.imports.extend(found);
        }
    }

    /// `export default x`, and `export { x } from './y'`, which imports too.
    fn export(&mut self, node: Node<'_>) {
        let text = self.text(node);
        if text.starts_with("export default") {
            let value = field(node, &["value", "declaration"]).map(|it| self.value(it));
            self.syntax.default_export = value;
        } else if field(node, &["source"]).is_some() {
            let found = (self.grammar.import)(text.trim_start_matches("export"));
            self.syntax.imports.extend(found);
        }
    }

    /// The number of the call or function that a node is.
    pub(super) fn known(&self, node: Node<'_>) -> Option<Value<'a>> {
        let call = self.calls.get(&node.id()).map(|it| Value::Call(*it));
        call.or_else(|| self.functions.get(&node.id()).map(|it| Value::Function(*it)))
    }
}

/// The first of a node's fields that it has.
pub(super) fn field<'tree>(node: Node<'tree>, names: &[&str]) -> Option<Node<'tree>> {
    names.iter().find_map(|name| node.child_by_field_name(name))
}
