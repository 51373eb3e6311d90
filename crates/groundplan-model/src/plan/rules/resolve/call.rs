//! Calls of other services, and members of their answers.

use groundplan_syntax::Span;
use serde_json::Value;

use super::{Resolver, Typed};
use crate::document::{ExampleRole, Method};
use crate::plan::names::snake;
use crate::plan::paths;
use crate::plan::rules::Fault;
use crate::plan::rules::parse::{CallNode, Name, Part};
use crate::plan::rules::ty::Ty;
use crate::service::{AnswerMember, Expression, Operation, OutsideCall, Piece, ValueKind};

/// A request waits for every call of its rule.
const MOST: usize = 4;

/// The answer of a call.
pub(super) struct Answer {
    name: Option<String>,
    stated: Vec<AnswerMember>,
    /// Members that the rule reads.
    members: Vec<AnswerMember>,
}

impl Resolver<'_> {
    pub(super) fn call(&mut self, node: &CallNode) -> Result<OutsideCall, Fault> {
        let fault = |message: &str| Fault { message: message.to_owned(), span: node.span };
        if !writes(&self.route.operation) {
            return Err(fault("only endpoints that write one row call other services"));
        }
        if self.answers.len() == MOST {
            return Err(fault("a rule calls other services four times at most"));
        }
        if matches!(node.method, Method::Get | Method::Delete) && !node.body.is_empty() {
            return Err(fault("GET and DELETE send no body: leave `with` out"));
        }
        let service = self.service(&node.service)?;
        let path = node.path.iter().map(|part| self.piece(part)).collect::<Result<_, Fault>>()?;
        let mut body = Vec::new();
        for (name, value) in &node.body {
            if name.of.is_some() {
                let message = "a member of the body has one name, as in `(amount = row.amount)`";
                return Err(Fault { message: message.to_owned(), span: name.span });
            }
            body.push((name.name.clone(), self.expression(value)?.0));
        }
        let name = node.answer.as_ref().map(|it| self.answer_name(it)).transpose()?;
        let stated = node
            .members
            .iter()
            .map(|(name, kind)| AnswerMember { path: path_of(name), kind: *kind });
        self.answers.push(Answer { name, stated: stated.collect(), members: Vec::new() });
        Ok(OutsideCall {
            service,
            method: node.method,
            path,
            body,
            // What the statements behind this one read is known at the end.
            members: Vec::new(),
            otherwise: node.otherwise.clone(),
            example: self.example(node),
            span: node.span,
        })
    }

    /// Members that the rule reads of its answers, in the order of the calls.
    pub(super) fn read_members(&self) -> impl Iterator<Item = &Vec<AnswerMember>> {
        self.answers.iter().map(|answer| &answer.members)
    }

    fn service(&self, name: &Name) -> Result<usize, Fault> {
        let is_it = |title: &str, own: &str| {
            name.of.is_none() && (own == name.name || snake(title) == name.name)
        };
        let found = self.outside.iter().position(|it| is_it(&it.title, &it.name));
        found.ok_or_else(|| {
            let names: Vec<String> =
                self.outside.iter().map(|it| format!("`{}`", it.name)).collect();
            let known = match names.is_empty() {
                true => "its dependencies name none that is asked by HTTP".to_owned(),
                false => format!("there is {}", names.join(", ")),
            };
            Fault {
                message: format!("the document names no service `{}`: {known}", name.name),
                span: name.span,
            }
        })
    }

    fn piece(&mut self, part: &Part) -> Result<Piece, Fault> {
        let name = match part {
            Part::Literal(text) => return Ok(Piece::Literal(text.clone())),
            Part::Name(name) => name,
        };
        let (value, ty) = self.named(name)?;
        if matches!(ty, Ty::Json | Ty::Boolean) {
            let message = format!("`{}` is {}, and no part of a path", name.name, ty.name());
            return Err(Fault { message, span: name.span });
        }
        Ok(Piece::Value(value))
    }

    /// The name of an answer, which nothing else of the rule has.
    fn answer_name(&self, name: &Name) -> Result<String, Fault> {
        let is_column = self.column(self.resource, &name.name, name.span).is_ok();
        let is_row = self.aliases.iter().any(|it| it.name == name.name);
        let is_taken = is_column || is_row || self.answer(&name.name).is_some();
        if name.of.is_some() || is_taken || name.name == "body" {
            let message =
                format!("`{}` is something else already: name the answer `answer`", name.name);
            return Err(Fault { message, span: name.span });
        }
        Ok(name.name.clone())
    }

    /// Which call has the answer of this name.
    pub(super) fn answer(&self, name: &str) -> Option<usize> {
        self.answers.iter().position(|it| it.name.as_deref() == Some(name))
    }

    /// `answer.title`, or `answer` itself.
    pub(super) fn answered(&mut self, name: &Name) -> Result<Typed, Fault> {
        let of = name.of.as_ref().unwrap_or(&name.name);
        let call = self.answer(of).ok_or_else(|| self.unknown(name))?;
        let path = if name.of.is_some() { path_of_member(&name.name) } else { Vec::new() };
        let kind = self.kind(call, &path, name.span)?;
        let unknown = self.unknown(name);
        let members = &mut self.answers.get_mut(call).ok_or(unknown)?.members;
        let wanted = AnswerMember { path, kind };
        let at = members.iter().position(|it| *it == wanted).unwrap_or(members.len());
        if at == members.len() {
            members.push(wanted);
        }
        Ok((Expression::Answer { call, member: at }, Ty::of_kind(kind)))
    }

    /// What a member is: as stated, or as the column is that it is stored in or compared with.
    fn kind(&self, call: usize, path: &[String], span: Span) -> Result<ValueKind, Fault> {
        if path.is_empty() {
            return Ok(ValueKind::Json);
        }
        let answer = self.answers.get(call);
        let stated = answer.and_then(|it| it.stated.iter().find(|it| it.path == path));
        let of = answer.and_then(|it| it.name.as_deref()).unwrap_or("");
        let key = format!("{of}.{}", path.join("."));
        let hint = || self.hints.iter().find(|(it, _)| *it == key).map(|(_, it)| it);
        let kind = stated.map(|it| it.kind).or_else(|| Some(Ty::of_column(hint()?).kind()));
        kind.ok_or_else(|| Fault {
            message: format!(
                "nothing says what `{key}` holds: state it behind `as {of}`, as in `as {of} ({} text)`",
                path.join(".")
            ),
            span,
        })
    }

    /// The answer that the document shows for such a call, at an endpoint of the other service.
    fn example(&self, node: &CallNode) -> Option<Value> {
        let written: String = node
            .path
            .iter()
            .map(|part| match part {
                Part::Literal(text) => text.as_str(),
                Part::Name(_) => "{x}",
            })
            .collect();
        let path = written.split('?').next().unwrap_or("");
        let shape = paths::shape(&paths::segments(path));
        let is_it = |at: &usize| {
            self.document.endpoints.get(*at).is_some_and(|it| {
                let own = paths::shape(&paths::segments(&it.full_path()));
                let fits = own == shape || own.ends_with(&shape);
                it.method == node.method && fits && self.document.is_external(it)
            })
        };
        let is_good = |role: &ExampleRole| match role {
            ExampleRole::Response(status) => status.is_none_or(|it| (200..300).contains(&it)),
            _ => false,
        };
        let examples = self.document.examples.iter();
        let mut own =
            examples.filter(|it| is_good(&it.role) && it.endpoint.as_ref().is_some_and(is_it));
        own.find_map(|it| it.value.clone())
    }
}

/// Whether a rule's calls may stand before what an operation writes.
fn writes(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Create
            | Operation::Replace
            | Operation::Update
            | Operation::Delete
            | Operation::PutSingleton
            | Operation::Upsert
            | Operation::Transition(_)
            | Operation::Act
    )
}

fn path_of(name: &Name) -> Vec<String> {
    let first = name.of.iter().cloned();
    first.chain(path_of_member(&name.name)).collect()
}

fn path_of_member(name: &str) -> Vec<String> {
    name.split('.').map(str::to_owned).collect()
}
