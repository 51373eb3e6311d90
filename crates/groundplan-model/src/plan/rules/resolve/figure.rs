//! `count(items where quantity > 1)` and `sum(payments.amount)`.

use super::{Resolver, Typed};
use crate::plan::rules::Fault;
use crate::plan::rules::parse::{Name, Node};
use crate::plan::rules::ty::Ty;
use crate::service::{Expression, Tally, TallyKind};

impl Resolver<'_> {
    pub(super) fn figure(
        &mut self,
        figure: TallyKind,
        name: &Name,
        filter: Option<&Node>,
    ) -> Result<Typed, Fault> {
        let (table, column) = match &name.of {
            Some(table) => (table, Some(&name.name)),
            None => (&name.name, None),
        };
        let unknown = || Fault { message: format!("no table is named `{table}`"), span: name.span };
        let resource = self.table(table).ok_or_else(unknown)?;
        let (foreign_key, of) = self.relation(resource).ok_or_else(|| Fault {
            message: format!("`{table}` has no foreign key to a row of this rule"),
            span: name.span,
        })?;
        let column = column.map(|it| self.column(resource, it, name.span)).transpose()?;
        if figure == TallyKind::Sum && !self.is_number(resource, column) {
            let message = "`sum` adds up a column of numbers, as in `sum(payments.amount)`".into();
            return Err(Fault { message, span: name.span });
        }
        let before = self.inner.replace(resource);
        let filter = filter.map(|node| {
            let (expression, ty) = self.expression(node)?;
            self.expect(ty, Ty::Boolean, node.span)?;
            Ok(expression)
        });
        self.inner = before;
        let filter = filter.transpose()?;
        let found = Tally { figure, resource, foreign_key, of, column, filter };
        Ok((Expression::Tally(Box::new(found)), Ty::Number))
    }

    fn is_number(&self, resource: usize, column: Option<usize>) -> bool {
        let found = column.and_then(|at| self.resources.get(resource)?.column(at));
        found.is_some_and(|it| Ty::of_column(it) == Ty::Number)
    }

    /// The column of `resource` that refers to a row of the rule, and what it refers to there.
    fn relation(&self, resource: usize) -> Option<(usize, (usize, usize))> {
        let table = &self.resources.get(resource)?.table;
        let first = usize::from(self.creates);
        let aliases = self.aliases.iter().enumerate().skip(first);
        let mut found = aliases.filter_map(|(at, alias)| {
            let there = self.resources.get(alias.resource)?;
            let key = table.foreign_keys.iter().find(|key| {
                key.table.eq_ignore_ascii_case(&there.table.name) && key.columns.len() == 1
            })?;
            let referred = match key.referred.first() {
                Some(column) => there.table.column_index(column)?,
                None => there.key_index()?,
            };
            Some((table.column_index(key.columns.first()?)?, (at, referred)))
        });
        found.next()
    }
}
