//! Members of the body, and what they may hold.

use super::{Resolver, Typed};
use crate::plan::rules::Fault;
use crate::plan::rules::parse::{Form, Name, Node, Statement};
use crate::plan::rules::ty::Ty;
use crate::schema::Column;
use crate::service::{Expression, Member, Operation, Role};

impl Resolver<'_> {
    /// Notes which columns members of an action's body are stored in or compared with: that is all
    /// that says what they may hold.
    pub(super) fn hint(&mut self, statements: &[Statement]) {
        for statement in statements {
            match statement {
                Statement::Require { condition, .. } => self.hint_in(condition),
                Statement::Set { changes, .. } => {
                    for (name, value) in changes {
                        let alias = match &name.of {
                            None => Some(0),
                            Some(of) => self.alias(of, name.span).ok(),
                        };
                        let resource = alias.and_then(|at| self.aliases.get(at));
                        if let Some(resource) = resource.map(|it| it.resource) {
                            self.hint_stored(resource, name, value);
                        }
                        self.hint_in(value);
                    }
                }
                Statement::Insert { table, changes, .. } => {
                    let resource = self.table(&table.name);
                    for (name, value) in changes {
                        if let Some(resource) = resource {
                            self.hint_stored(resource, name, value);
                        }
                        self.hint_in(value);
                    }
                }
                Statement::Call(call) => {
                    call.body.iter().for_each(|(_, value)| self.hint_in(value));
                    let name = call.answer.as_ref().map(|it| it.name.clone());
                    self.named_answers.extend(name);
                }
            }
        }
    }

    fn hint_stored(&mut self, resource: usize, target: &Name, value: &Node) {
        if let Some(member) = self.hinted(value)
            && let Ok(at) = self.column(resource, &target.name, target.span)
            && let Some(column) = self.resources.get(resource).and_then(|it| it.column(at))
        {
            self.hints.push((member, column.clone()));
        }
    }

    fn hint_in(&mut self, node: &Node) {
        match &node.form {
            Form::Binary(_, left, right) => {
                for (one, other) in [(left, right), (right, left)] {
                    if let (Some(member), Some(column)) = (self.hinted(one), self.column_of(other))
                    {
                        self.hints.push((member, column));
                    }
                    self.hint_in(one);
                }
            }
            Form::Not(inner) | Form::IsNull(inner) => self.hint_in(inner),
            Form::In(left, _) => self.hint_in(left),
            _ => {}
        }
    }

    /// What a column says the type of: a member of the body by its name, one of an answer with the
    /// answer's name before it.
    fn hinted(&self, node: &Node) -> Option<String> {
        let Form::Name(name) = &node.form else { return None };
        match name.of.as_deref()? {
            "body" => Some(name.name.clone()),
            of if self.named_answers.iter().any(|it| it == of) => {
                Some(format!("{of}.{}", name.name))
            }
            _ => None,
        }
    }

    /// The column that an expression names.
    fn column_of(&mut self, node: &Node) -> Option<Column> {
        let name = match &node.form {
            Form::Name(name) if name.of.as_deref() != Some("body") => name,
            Form::Tally(_, name, _) => {
                let resource = self.table(name.of.as_ref()?)?;
                let at = self.column(resource, &name.name, name.span).ok()?;
                return self.resources.get(resource)?.column(at).cloned();
            }
            Form::Binary(_, left, right) => {
                return self.column_of(left).or_else(|| self.column_of(right));
            }
            _ => return None,
        };
        let alias = name.of.as_ref().map_or(Some(0), |of| self.alias(of, name.span).ok())?;
        let resource = self.aliases.get(alias)?.resource;
        let at = self.column(resource, &name.name, name.span).ok()?;
        self.resources.get(resource)?.column(at).cloned()
    }

    /// `body.amount`
    pub(super) fn member(&mut self, name: &Name) -> Result<Typed, Fault> {
        if let Some(at) = self.body.iter().position(|it| it.name == name.name) {
            let ty = self.body.get(at).map_or(Ty::Text, |it| Ty::of_column(&it.column));
            return Ok((Expression::Body(at), ty));
        }
        let member = match self.route.operation {
            Operation::Act | Operation::Transition(_) | Operation::Delete | Operation::Read => {
                self.own_member(name)?
            }
            _ => self.field(name)?,
        };
        let ty = Ty::of_column(&member.column);
        self.body.push(member);
        Ok((Expression::Body(self.body.len() - 1), ty))
    }

    /// A member of an action's own body.
    fn own_member(&self, name: &Name) -> Result<Member, Fault> {
        let hint = self.hints.iter().find(|(it, _)| *it == name.name).map(|(_, it)| it.clone());
        let resource = self.resources.get(self.resource);
        let same = || resource.and_then(|it| it.table.column(&name.name)).cloned();
        let takes = matches!(self.route.operation, Operation::Act | Operation::Transition(_));
        let column = hint.or_else(same).filter(|_| takes).ok_or_else(|| Fault {
            message: format!(
                "nothing says what `body.{}` holds: store it in a column or compare it with one",
                name.name
            ),
            span: name.span,
        })?;
        let required = column.not_null || self.is_used(&name.name);
        Ok(Member { name: name.name.clone(), column, required, kept_in: None })
    }

    /// Whether a member is more than stored: then there has to be one.
    fn is_used(&self, name: &str) -> bool {
        self.hints.iter().filter(|(it, _)| it == name).count() > 1
    }

    /// A field of the resource, which the operation takes anyway.
    fn field(&self, name: &Name) -> Result<Member, Fault> {
        let at = self.column(self.resource, &name.name, name.span)?;
        let resource = self.resources.get(self.resource);
        let found = resource.and_then(|it| it.fields.get(at).zip(it.column(at)));
        let (field, column) = found.ok_or_else(|| self.unknown(name))?;
        let sent = matches!(field.role, Role::Plain | Role::Secret);
        if !sent || self.route.is_from_path(at) {
            let message = format!("`{}` is not the client's to send", name.name);
            return Err(Fault { message, span: name.span });
        }
        Ok(Member {
            name: field.name.clone(),
            column: column.clone(),
            required: field.required,
            kept_in: Some(at),
        })
    }
}
