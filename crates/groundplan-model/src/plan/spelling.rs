//! Names in keys and indexes as their tables and columns are spelled: SQL folds case, quoted names
//! do not.

use crate::schema::{Index, Table};
use crate::service::Resource;

/// Spells every name as it is defined.
pub(super) fn settle(resources: &mut [Resource], indexes: &mut [Index]) {
    let tables: Vec<Table> = resources.iter().map(|resource| resource.table.clone()).collect();
    let find = |name: &str| tables.iter().find(|it| it.name.eq_ignore_ascii_case(name));
    for resource in resources {
        let table = &mut resource.table;
        let own = find(&table.name);
        spell(own, &mut table.primary_key);
        table.uniques.iter_mut().for_each(|columns| spell(own, columns));
        for key in &mut table.foreign_keys {
            let there = find(&key.table);
            spell(own, &mut key.columns);
            spell(there, &mut key.referred);
            key.table = there.map_or_else(|| key.table.clone(), |it| it.name.clone());
        }
    }
    for index in indexes {
        let table = find(&index.table);
        spell(table, &mut index.columns);
        index.table = table.map_or_else(|| index.table.clone(), |it| it.name.clone());
    }
}

fn spell(table: Option<&Table>, names: &mut [String]) {
    for name in names {
        if let Some(column) = table.and_then(|table| table.column(name)) {
            name.clone_from(&column.name);
        }
    }
}
