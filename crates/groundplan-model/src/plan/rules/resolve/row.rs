//! Names to rows and their columns.

use groundplan_syntax::Span;

use super::{Resolver, Typed};
use crate::plan::names::{singular, snake};
use crate::plan::rules::Fault;
use crate::plan::rules::parse::Name;
use crate::plan::rules::ty::Ty;
use crate::service::{Alias, AliasKind, Expression, Resource};

impl Resolver<'_> {
    /// `status`, `row.status`, `product.stock`, `body.quantity`.
    pub(super) fn named(&mut self, name: &Name) -> Result<Typed, Fault> {
        match name.of.as_deref() {
            Some("body") => self.member(name),
            Some(of) if self.answer(of).is_some() => self.answered(name),
            Some(of) if self.is_inner(of) => self.inner_column(name),
            Some(of) => {
                let alias = self.alias(of, name.span)?;
                self.aliased(alias, name)
            }
            None if self.inner.is_some() => self.inner_column(name),
            None if self.answer(&name.name).is_some() => self.answered(name),
            None => self.aliased(0, name),
        }
    }

    fn aliased(&mut self, alias: usize, name: &Name) -> Result<Typed, Fault> {
        let resource = self.aliases.get(alias).map_or(self.resource, |it| it.resource);
        let column = self.column(resource, &name.name, name.span)?;
        // The row of a create is not there yet: what it will hold is in the body.
        if alias == 0 && self.creates {
            return self.member(name);
        }
        let found = self.resources.get(resource).and_then(|it| it.column(column));
        let ty = found.map(Ty::of_column).ok_or_else(|| self.unknown(name))?;
        Ok((Expression::Column { alias, column }, ty))
    }

    fn is_inner(&self, of: &str) -> bool {
        let inner = self.inner.and_then(|at| self.resources.get(at));
        inner.is_some_and(|it| is_called(it, of))
    }

    fn inner_column(&mut self, name: &Name) -> Result<Typed, Fault> {
        let resource = self.inner.ok_or_else(|| self.unknown(name))?;
        let column = self.column(resource, &name.name, name.span)?;
        let found = self.resources.get(resource).and_then(|it| it.column(column));
        let ty = found.map(Ty::of_column).ok_or_else(|| self.unknown(name))?;
        Ok((Expression::Inner(column), ty))
    }

    /// Position of the column named `name`, or of the field that is spelled so.
    pub(super) fn column(&self, resource: usize, name: &str, span: Span) -> Result<usize, Fault> {
        let it = self.resources.get(resource);
        let table = it.map(|it| &it.table);
        let found = table.and_then(|table| table.column_index(name));
        let found = found.or_else(|| it?.fields.iter().position(|field| field.name == name));
        found.ok_or_else(|| Fault {
            message: format!(
                "table `{}` has no column `{name}`",
                table.map_or("", |table| &table.name)
            ),
            span,
        })
    }

    /// The row that a name stands for: `row`, the parent, or a row that one of those refers to.
    pub(super) fn alias(&mut self, name: &str, span: Span) -> Result<usize, Fault> {
        let named = self.aliases.iter().position(|it| it.name == name);
        let own = self.resources.get(self.resource).filter(|it| is_called(it, name)).map(|_| 0);
        if let Some(found) = named.or(own) {
            return Ok(found);
        }
        let known = 0..self.aliases.len();
        let alias = known.filter_map(|from| self.referred(from, name)).next();
        let alias = alias.ok_or_else(|| Fault {
            message: format!(
                "`{name}` is no row of this rule: there are `row`, its parent in the path, what a \
                 foreign key of the row refers to, and `body`"
            ),
            span,
        })?;
        self.aliases.push(alias);
        Ok(self.aliases.len() - 1)
    }

    /// The row that a foreign key of `from` refers to, by the key's name or the table's.
    fn referred(&self, from: usize, name: &str) -> Option<Alias> {
        let resource = self.resources.get(self.aliases.get(from)?.resource)?;
        let key = resource.table.foreign_keys.iter().find(|key| {
            let [column] = key.columns.as_slice() else { return false };
            let by_column = snake(column).strip_suffix("_id") == Some(name);
            by_column || singular(&snake(&key.table)) == name || snake(&key.table) == name
        })?;
        let target = crate::plan::resource_index(self.resources, &key.table)?;
        let there = self.resources.get(target)?;
        let referred = match key.referred.first() {
            Some(column) => there.table.column_index(column)?,
            None => there.key_index()?,
        };
        let foreign_key = resource.table.column_index(key.columns.first()?)?;
        let kind = AliasKind::Referred { from, foreign_key, referred };
        Some(Alias { name: name.to_owned(), resource: target, kind })
    }

    /// The table that `name` names: itself, in its other number, or behind the row's name.
    pub(super) fn table(&self, name: &str) -> Option<usize> {
        let word = singular(&snake(name));
        let own = self.resources.get(self.resource).map(|it| singular(&snake(&it.table.name)));
        let under = own.map(|own| format!("{own}_{word}"));
        let is = |test: &dyn Fn(&str) -> bool| {
            self.resources.iter().position(|it| test(&singular(&snake(&it.table.name))))
        };
        is(&|it| it == word).or_else(|| is(&|it| Some(it) == under.as_deref()))
    }
}

fn is_called(resource: &Resource, name: &str) -> bool {
    let table = snake(&resource.table.name);
    table == name || singular(&table) == name
}
