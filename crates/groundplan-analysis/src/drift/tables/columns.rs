//! Columns of one table in a document and in the code.

use groundplan_model::code::{CodeColumn, LinkedTable};
use groundplan_model::outline::{OutlineColumn, OutlineTable};
use groundplan_model::{Certainty, Diagnostic, Severity};

use crate::drift::column_types::agree;
use crate::drift::{Claim, Side};
use crate::names::same_name;

const ABSENT: &str = "drift/column-not-in-code";
const UNSTATED: &str = "drift/column-not-in-document";
const TYPE: &str = "drift/column-type-differs";
const NULL: &str = "drift/column-nullability-differs";

/// A column of the code, and the file that it stands in.
type Column<'a> = (&'a CodeColumn, &'a str);

/// What differs between a table of a document and its definitions in the code: those of migrations
/// and those of models. A column is there where one of them has it.
pub(super) fn compare(
    side: &Side<'_>,
    table: &OutlineTable,
    there: &[&LinkedTable],
) -> Vec<Diagnostic> {
    let there: Vec<&LinkedTable> =
        there.iter().copied().filter(|it| !it.table.columns.is_empty()).collect();
    let Some(first) = there.first().filter(|_| !table.columns.is_empty()) else {
        return Vec::new();
    };
    let compared = Compared { side, table, there: &there };
    let shared = table.columns.iter().filter(|it| compared.code(&it.name).next().is_some());
    if shared.count() == 0 {
        return vec![compared.strange(first)];
    }
    let own = table.columns.iter().flat_map(|it| compared.column(it));
    own.chain(compared.unstated(first)).collect()
}

struct Compared<'a> {
    side: &'a Side<'a>,
    table: &'a OutlineTable,
    there: &'a [&'a LinkedTable],
}

impl<'a> Compared<'a> {
    /// The columns of the code that have a name, in all definitions.
    fn code<'b>(&self, name: &'b str) -> impl Iterator<Item = Column<'a>> + use<'a, 'b> {
        let there = self.there;
        there
            .iter()
            .flat_map(move |it| columns(it).filter(move |(it, _)| same_name(&it.name, name)))
    }

    fn diagnostic(
        &self,
        rule: &'static str,
        severity: Severity,
        column: &OutlineColumn,
        message: String,
    ) -> Diagnostic {
        Diagnostic::new(rule, severity, &self.side.outline.path, column.span, message)
    }

    fn column(&self, column: &OutlineColumn) -> Vec<Diagnostic> {
        let there: Vec<Column<'_>> = self.code(&column.name).collect();
        match there.is_empty() {
            true => vec![self.absent(column)],
            false => self.ty(column, &there).into_iter().chain(self.null(column, &there)).collect(),
        }
    }

    fn absent(&self, column: &OutlineColumn) -> Diagnostic {
        // A model whose base stands in another file may have the column from there.
        let is_sure = self.there.iter().all(|it| it.table.certainty == Certainty::Stated);
        let severity = self.side.severity(is_sure);
        let message = format!("`{}` has no column `{}` in the code", self.table.name, column.name);
        let mut finding = self.diagnostic(ABSENT, severity, column, message);
        for table in self.there.iter().take(1) {
            finding.related(&table.file, table.table.place.span, "the table");
        }
        finding.help(match self.side.claim {
            Claim::Planned => "nothing, until the document says that it is built",
            _ => "add it with a migration, or take it out of the document",
        });
        finding
    }

    fn ty(&self, column: &OutlineColumn, there: &[Column<'_>]) -> Option<Diagnostic> {
        let (other, file) = there.first()?;
        if there.iter().any(|(it, _)| agree(&column.ty, &it.ty)) {
            return None;
        }
        let name = format!("{}.{}", self.table.name, column.name);
        let message = format!("`{name}` is {} here and {} in the code", column.declared, other.ty);
        let severity = self.side.severity(true);
        let mut finding = self.diagnostic(TYPE, severity, column, message);
        finding.related(file, other.place.span, format!("{} here", other.ty));
        finding.help("give it one type in both places");
        Some(finding)
    }

    fn null(&self, column: &OutlineColumn, there: &[Column<'_>]) -> Option<Diagnostic> {
        let (other, file) = there.iter().find(|(it, _)| it.nullable.is_some())?;
        let is_same = |(it, _): &Column<'_>| it.nullable == Some(!column.not_null);
        if there.iter().any(is_same) || (!column.not_null && !self.states_null()) {
            return None;
        }
        let (here, there) = match column.not_null {
            true => ("refuses NULL here", "allows it in the code"),
            false => ("allows NULL here", "refuses it in the code"),
        };
        let message = format!("`{}.{}` {here} and {there}", self.table.name, column.name);
        let severity = self.side.severity(false);
        let mut finding = self.diagnostic(NULL, severity, column, message);
        finding.related(file, other.place.span, "the column");
        finding.help("say the same in both places");
        Some(finding)
    }

    /// Whether the document says which columns may be empty: more than the key refuses NULL.
    fn states_null(&self) -> bool {
        self.table.columns.iter().filter(|it| it.not_null).count() >= 2
    }

    /// Columns that only the code has.
    fn unstated(&self, first: &'a LinkedTable) -> impl Iterator<Item = Diagnostic> {
        let is_stated =
            |name: &str| self.table.columns.iter().any(|own| same_name(&own.name, name));
        columns(first).filter(move |(it, _)| !is_stated(&it.name)).map(|(column, file)| {
            let severity = match self.side.claim {
                Claim::Planned => Severity::Info,
                _ => Severity::Warning,
            };
            let (table, name) = (&self.table.name, &column.name);
            let message = format!("`{table}.{name}` is in the code and not in the document");
            let span = column.place.span;
            let mut finding = Diagnostic::new(UNSTATED, severity, file, span, message);
            finding.related(&self.side.outline.path, self.table.span, "the table");
            finding.help("describe it, or take it out");
            finding
        })
    }

    /// One finding for two tables of one name that have nothing in common.
    fn strange(&self, first: &LinkedTable) -> Diagnostic {
        let name = &self.table.name;
        let message = format!("`{name}` has no column that `{name}` in the code has");
        let severity = self.side.severity(false);
        let path = &self.side.outline.path;
        let mut finding = Diagnostic::new(ABSENT, severity, path, self.table.span, message);
        finding.related(&first.file, first.table.place.span, "the table of the code");
        finding.help("give one of them another name, or write its columns anew");
        finding
    }
}

fn columns(table: &LinkedTable) -> impl Iterator<Item = Column<'_>> {
    table.table.columns.iter().zip(table.column_files.iter().map(String::as_str))
}
