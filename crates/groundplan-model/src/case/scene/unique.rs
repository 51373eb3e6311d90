//! Columns in which two rows of a case must differ.

use crate::service::{Resource, Role};

use super::Scene;

impl Scene<'_, '_> {
    /// Whether a column is one of a set that must differ from row to row.
    pub(super) fn is_in_unique(&self, resource: &Resource, name: &str) -> bool {
        self.sets(resource).iter().any(|set| has(set, name))
    }

    /// Whether each row needs a row of its own to refer to: the reference is unique, alone or
    /// with columns that are the same in all rows of a case.
    pub(super) fn needs_own(&self, resource: &Resource, column: usize) -> bool {
        let Some(name) = resource.column(column).map(|it| it.name.as_str()) else { return false };
        let is_bound = |other: &&String| {
            let at = resource.table.column_index(other);
            let role = at.and_then(|at| resource.fields.get(at)).map(|field| field.role);
            role == Some(Role::Owner) || refers(resource, other)
        };
        let alone = |set: &&[String]| has(set, name) && set.iter().all(|other| is_bound(&other));
        is_unique_alone(resource, column) || self.sets(resource).iter().any(alone)
    }

    fn sets<'a>(&'a self, resource: &'a Resource) -> Vec<&'a [String]> {
        let keys = std::iter::once(&resource.table.primary_key).chain(&resource.table.uniques);
        let indexes = self.plan.unique_indexes(resource).map(|index| &index.columns);
        keys.chain(indexes).map(Vec::as_slice).collect()
    }
}

fn has(set: &[String], name: &str) -> bool {
    set.iter().any(|it| it.eq_ignore_ascii_case(name))
}

fn refers(resource: &Resource, name: &str) -> bool {
    resource.table.foreign_keys.iter().any(|key| has(&key.columns, name))
}

/// Whether no two rows have the same value in this column.
pub(in crate::case) fn is_unique_alone(resource: &Resource, column: usize) -> bool {
    let Some(name) = resource.column(column).map(|it| it.name.as_str()) else { return false };
    let is_it =
        |columns: &Vec<String>| matches!(columns.as_slice(), [it] if it.eq_ignore_ascii_case(name));
    is_it(&resource.table.primary_key) || resource.table.uniques.iter().any(is_it)
}
