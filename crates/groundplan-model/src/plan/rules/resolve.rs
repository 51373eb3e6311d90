//! Names of a rule to rows, columns and members of the body, with types that fit.

mod body;
mod call;
mod figure;
mod row;

use groundplan_syntax::Span;

use call::Answer;

use super::Fault;
use super::parse::{Form, Name, Node, Statement};
use super::ty::Ty;
use crate::document::Document;
use crate::plan::names::{singular, snake};
use crate::service::{
    Alias, AliasKind, Binary, Change, Expression, Member, Operation, Outside, Resource, Role,
    Route, Rule, Step,
};

/// The rule of `route` that `statements` state.
pub(super) fn rule(
    span: Span,
    statements: &[Statement],
    around: (&Document, &[Outside]),
    resources: &[Resource],
    route: &Route,
) -> Result<Rule, Fault> {
    let mut resolver = Resolver::new(span, around, resources, route)?;
    resolver.hint(statements);
    let steps = statements.iter().map(|statement| resolver.step(statement));
    let mut steps = steps.collect::<Result<Vec<Step>, Fault>>()?;
    let calls = steps.iter_mut().filter_map(|step| match step {
        Step::Call(call) => Some(call),
        _ => None,
    });
    for (call, members) in calls.zip(resolver.read_members()) {
        call.members.clone_from(members);
    }
    Ok(Rule { span, aliases: resolver.aliases, body: resolver.body, steps })
}

struct Resolver<'a> {
    document: &'a Document,
    outside: &'a [Outside],
    resources: &'a [Resource],
    route: &'a Route,
    resource: usize,
    /// Whether the row is not there before the rule.
    creates: bool,
    aliases: Vec<Alias>,
    body: Vec<Member>,
    /// Columns that say what members of the body hold.
    hints: Vec<(String, crate::schema::Column)>,
    /// The table whose rows an aggregate goes through.
    inner: Option<usize>,
    /// Answers of the calls so far.
    answers: Vec<Answer>,
    /// Names of all answers, for hints.
    named_answers: Vec<String>,
}

type Typed = (Expression, Ty);

impl<'a> Resolver<'a> {
    fn new(
        span: Span,
        (document, outside): (&'a Document, &'a [Outside]),
        resources: &'a [Resource],
        route: &'a Route,
    ) -> Result<Self, Fault> {
        let one_row = !matches!(
            route.operation,
            Operation::List
                | Operation::Search
                | Operation::Builtin(_)
                | Operation::Link
                | Operation::Unlink
        );
        let binding = route.binding.as_ref().filter(|_| one_row).ok_or_else(|| Fault {
            message: "a rule is about one row, and this endpoint is not".to_owned(),
            span,
        })?;
        let creates = matches!(route.operation, Operation::Create | Operation::PutSingleton);
        let row = |name: &str, resource, kind| Alias { name: name.to_owned(), resource, kind };
        let mut aliases = vec![row("row", binding.resource, AliasKind::Row)];
        if let Some(parent) = binding.parent.as_ref().filter(|it| it.through.is_none())
            && let Some(resource) = resources.get(parent.resource)
        {
            let name = singular(&snake(&resource.table.name));
            aliases.push(row(&name, parent.resource, AliasKind::Parent));
        }
        Ok(Self {
            document,
            outside,
            resources,
            route,
            resource: binding.resource,
            creates,
            aliases,
            body: Vec::new(),
            hints: Vec::new(),
            inner: None,
            answers: Vec::new(),
            named_answers: Vec::new(),
        })
    }

    fn step(&mut self, statement: &Statement) -> Result<Step, Fault> {
        match statement {
            Statement::Require { condition, status, span } => {
                let (expression, ty) = self.expression(condition)?;
                self.expect(ty, Ty::Boolean, condition.span)?;
                Ok(Step::Require { condition: expression, status: *status, span: *span })
            }
            Statement::Set { changes, span } => self.set(changes, *span),
            Statement::Insert { table, changes, span } => {
                let resource = self.table(&table.name).ok_or_else(|| Fault {
                    message: format!("no table is named `{}`", table.name),
                    span: table.span,
                })?;
                let mut found = Vec::new();
                for (name, value) in changes {
                    found.push(self.change(resource, name, value)?);
                }
                Ok(Step::Insert { resource, changes: found, span: *span })
            }
            Statement::Call(call) => self.call(call).map(|it| Step::Call(Box::new(it))),
        }
    }

    /// All changes of a statement are of one row: `set` takes them apart where they are not.
    fn set(&mut self, changes: &[(Name, Node)], span: Span) -> Result<Step, Fault> {
        let mut row: Option<usize> = None;
        let mut found = Vec::new();
        for (name, value) in changes {
            let alias = match &name.of {
                None => 0,
                Some(of) => self.alias(of, name.span)?,
            };
            if *row.get_or_insert(alias) != alias {
                let message = "one `set` changes one row: begin another `set` for the other".into();
                return Err(Fault { message, span: name.span });
            }
            let resource = self.aliases.get(alias).map_or(self.resource, |it| it.resource);
            found.push(self.change(resource, name, value)?);
        }
        Ok(Step::Set { alias: row.unwrap_or(0), changes: found, span })
    }

    fn change(&mut self, resource: usize, name: &Name, value: &Node) -> Result<Change, Fault> {
        let column = self.column(resource, &name.name, name.span)?;
        let it = self.resources.get(resource);
        let role = it.and_then(|it| it.fields.get(column)).map(|field| field.role);
        if matches!(role, Some(Role::GeneratedKey | Role::CreatedAt | Role::Version)) {
            let message = format!("`{}` is filled by the service, not by a rule", name.name);
            return Err(Fault { message, span: name.span });
        }
        let (expression, ty) = self.expression(value)?;
        let Some(target) = it.and_then(|it| it.column(column)) else {
            return Err(self.unknown(name));
        };
        self.expect(ty, Ty::of_column(target), value.span)?;
        if let Expression::Constant(serde_json::Value::String(text)) = &expression
            && !target.allowed.is_empty()
            && !target.allowed.contains(text)
        {
            let allowed = target.allowed.join(", ");
            let message = format!("`{text}` is no value of `{}`: {allowed}", target.name);
            return Err(Fault { message, span: value.span });
        }
        Ok(Change { column, value: expression })
    }

    fn expression(&mut self, node: &Node) -> Result<Typed, Fault> {
        match &node.form {
            Form::Constant(value) => {
                Ok((Expression::Constant(value.clone()), Ty::of_constant(value)))
            }
            Form::Now => Ok((Expression::Now, Ty::Time)),
            Form::Caller => Ok((Expression::Caller, Ty::Text)),
            Form::Name(name) => self.named(name),
            Form::Tally(figure, name, filter) => self.figure(*figure, name, filter.as_deref()),
            Form::Binary(sign, left, right) => self.binary(*sign, left, right),
            Form::Not(inner) => {
                let (expression, ty) = self.expression(inner)?;
                self.expect(ty, Ty::Boolean, inner.span)?;
                Ok((Expression::Not(Box::new(expression)), Ty::Boolean))
            }
            Form::IsNull(inner) => {
                let (expression, _) = self.expression(inner)?;
                Ok((Expression::IsNull(Box::new(expression)), Ty::Boolean))
            }
            Form::In(left, items) => {
                let (left_expression, ty) = self.expression(left)?;
                let mut found = Vec::new();
                for item in items {
                    let (expression, item_ty) = self.expression(item)?;
                    self.expect(item_ty, ty, item.span)?;
                    self.known_value(left, item)?;
                    found.push(expression);
                }
                Ok((Expression::In(Box::new(left_expression), found), Ty::Boolean))
            }
        }
    }

    fn binary(&mut self, sign: Binary, left: &Node, right: &Node) -> Result<Typed, Fault> {
        let (left_expression, left_ty) = self.expression(left)?;
        let (right_expression, right_ty) = self.expression(right)?;
        let ty = match sign {
            Binary::And | Binary::Or => {
                self.expect(left_ty, Ty::Boolean, left.span)?;
                self.expect(right_ty, Ty::Boolean, right.span)?;
                Ty::Boolean
            }
            Binary::Add | Binary::Subtract | Binary::Multiply => {
                self.expect(left_ty, Ty::Number, left.span)?;
                self.expect(right_ty, Ty::Number, right.span)?;
                Ty::Number
            }
            _ => {
                self.expect(right_ty, left_ty, right.span)?;
                self.known_value(left, right)?;
                Ty::Boolean
            }
        };
        let (left, right) = (Box::new(left_expression), Box::new(right_expression));
        Ok((Expression::Binary(sign, left, right), ty))
    }

    /// A state that no row can have is a mistake in the rule.
    fn known_value(&mut self, left: &Node, right: &Node) -> Result<(), Fault> {
        let (Form::Name(name), Form::Constant(serde_json::Value::String(text))) =
            (&left.form, &right.form)
        else {
            return Ok(());
        };
        let Ok((Expression::Column { alias, column }, _)) = self.named(name) else { return Ok(()) };
        let resource = self.aliases.get(alias).and_then(|it| self.resources.get(it.resource));
        match resource.and_then(|it| it.column(column)) {
            Some(it) if !it.allowed.is_empty() && !it.allowed.contains(text) => Err(Fault {
                message: format!(
                    "`{text}` is no value of `{}`: {}",
                    it.name,
                    it.allowed.join(", ")
                ),
                span: right.span,
            }),
            _ => Ok(()),
        }
    }

    fn expect(&self, found: Ty, wanted: Ty, span: Span) -> Result<(), Fault> {
        // Times are written as text.
        let is_time = wanted == Ty::Time && found == Ty::Text;
        match found.fits(wanted) || is_time {
            true => Ok(()),
            false => Err(Fault {
                message: format!("this is {}, and {} is needed here", found.name(), wanted.name()),
                span,
            }),
        }
    }

    fn unknown(&self, name: &Name) -> Fault {
        Fault { message: format!("nothing is named `{}`", name.name), span: name.span }
    }
}
