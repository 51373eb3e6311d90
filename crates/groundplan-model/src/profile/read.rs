//! A profile file to a [`Profile`].

use toml::{Table, Value};

use super::{Kind, KindRule, Marks, Pattern, Profile, ProfileError};
use crate::document::Concept;

pub(super) fn profile(text: &str) -> Result<Profile, ProfileError> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| fault(error.message()))?;
    only(&table, &["name", "title", "kind", "concepts", "files"])?;
    let tables = table.get("kind").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut kinds = Vec::new();
    let mut patterns = Vec::new();
    for (index, value) in tables.iter().enumerate() {
        let table =
            value.as_table().ok_or_else(|| fault("`kind` is a list of tables: [[kind]]"))?;
        kinds.push(kind(table)?);
        for text in strings(table, "paths")? {
            let pattern = Pattern::parse(text).map_err(|error| fault(&error))?;
            patterns.push((index, pattern));
        }
    }
    Ok(Profile {
        name: string(&table, "name")?,
        title: string(&table, "title")?,
        concepts: concepts(&table)?,
        files: files(&table)?,
        kinds,
        patterns,
    })
}

fn kind(table: &Table) -> Result<KindRule, ProfileError> {
    only(table, &["kind", "paths", "headings", "header"])?;
    let name = string(table, "kind")?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == name);
    let kind = kind.ok_or_else(|| fault(&format!("no kind is named `{name}`")))?;
    let lower = |list: Vec<String>| list.into_iter().map(|it| it.to_lowercase()).collect();
    let headings: Vec<String> = lower(strings(table, "headings")?);
    let header: Vec<String> = lower(strings(table, "header")?);
    let (heading_marks, key_marks) = (Marks::of(&headings), Marks::of(&header));
    Ok(KindRule { kind, headings, header, heading_marks, key_marks })
}

fn concepts(table: &Table) -> Result<Vec<(Concept, String)>, ProfileError> {
    let mut found = Vec::new();
    let Some(list) = table.get("concepts").and_then(Value::as_table) else { return Ok(found) };
    for key in list.keys() {
        let concept = Concept::ALL.iter().find(|concept| concept.key() == key);
        let concept = concept.ok_or_else(|| fault(&format!("no concept is named `{key}`")))?;
        let words = strings(list, key)?.into_iter();
        found.extend(words.map(|word| (*concept, word.to_lowercase())));
    }
    Ok(found)
}

fn files(table: &Table) -> Result<Vec<(String, String)>, ProfileError> {
    let Some(value) = table.get("files") else { return Ok(Vec::new()) };
    let list = value.as_table().ok_or_else(|| fault("`files` is a table of names and paths"))?;
    list.keys().map(|template| Ok((template.clone(), string(list, template)?))).collect()
}

fn only(table: &Table, known: &[&str]) -> Result<(), ProfileError> {
    match table.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(fault(&format!("`{key}` is not a key here; known: {}", known.join(", ")))),
        None => Ok(()),
    }
}

fn string(table: &Table, key: &str) -> Result<String, ProfileError> {
    let value = table.get(key).and_then(Value::as_str);
    value.map(str::to_owned).ok_or_else(|| fault(&format!("`{key}` is missing, or no text")))
}

fn strings(table: &Table, key: &str) -> Result<Vec<String>, ProfileError> {
    let Some(value) = table.get(key) else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| fault(&format!("`{key}` is a list of texts")))?;
    let texts = list.iter().map(|it| it.as_str().map(str::to_owned));
    texts.collect::<Option<_>>().ok_or_else(|| fault(&format!("`{key}` is a list of texts")))
}

fn fault(message: &str) -> ProfileError {
    ProfileError { message: message.to_owned() }
}
