//! Files around the code: migrations, scripts, deployment and tests.

use groundplan_model::document::{Concept, PolicyKind};
use groundplan_model::paths::{file_name, folder};
use groundplan_syntax::Span;

use super::super::Role;
use super::Files;
use crate::derive::design::{Design, Noun};
use crate::derive::naming::snake;

pub(super) fn migrations(files: &mut Files<'_>) {
    let has = files.entries.iter().any(|it| it.path.contains("migration"));
    if let Some((_, span)) = files.design.table_names().first().filter(|_| !has) {
        files.role(Role::Migration, "tables and indexes", Some(*span));
    }
}

pub(super) fn scripts(files: &mut Files<'_>) {
    let design = files.design;
    if files.is_service() {
        files.role(Role::Setup, "a machine made ready for the work", None);
    }
    for table in design.tables(&["data set", "generation", "purpose"]) {
        for row in 0..table.view.rows.len() {
            let method = design.cell(table, row, "generation").unwrap_or_default().to_lowercase();
            let purpose = design.cell(table, row, "purpose").unwrap_or_default();
            let span = Some(Span::at(table.row_start(row) as usize));
            let name = snake(&purpose);
            let name = name.split("_test").next().unwrap_or(&name);
            if method.contains("factor") {
                files.role(Role::Factories, "rows for tests", span);
            } else if method.contains("script") && !name.is_empty() && name.len() < 20 {
                let path = files.layout.path(Role::Generator, name, name);
                files.add(path, &format!("data for {}", purpose.to_lowercase()), span);
            }
        }
    }
}

pub(super) fn deployment(files: &mut Files<'_>) {
    let Some(section) = files.section(Concept::Deployment) else { return };
    if !files.is_service() {
        return;
    }
    let has = |files: &Files<'_>, word: &str| files.entries.iter().any(|it| it.path.contains(word));
    if !has(files, "Dockerfile") {
        files.role(Role::Dockerfile, "image", Some(section));
    }
    let alerts = files.design.tables(&["alert", "condition"]).next().map(|it| it.view.span);
    if let Some(span) = alerts.filter(|_| !has(files, "alerts")) {
        files.role(Role::Alerts, "alerts", Some(span));
    }
    let boards = files.design.tables(&["dashboard"]).next().map(|it| it.view.span);
    if let Some(span) = boards.filter(|_| !has(files, "dashboard")) {
        files.role(Role::Dashboards, "dashboards", Some(span));
    }
}

pub(super) fn unit_tests(files: &mut Files<'_>) {
    let mut subjects: Vec<Subject> = states(files.design).into_iter().collect();
    subjects.extend(structures(files.design));
    subjects.extend(programs(files));
    subjects.extend(rules(files));
    for Subject { name, comment, span } in subjects {
        let path = files.layout.path(Role::UnitTest, &name, &name);
        files.add(path, &comment, Some(span));
    }
}

/// What one file of unit tests is about.
struct Subject {
    name: String,
    comment: String,
    span: Span,
}

fn states(design: &Design<'_>) -> Option<Subject> {
    let comment = "every action from every state".to_owned();
    let span = design.document.transitions.first()?.span;
    Some(Subject { name: "actions".to_owned(), comment, span })
}

/// Structures of the design; their invariants are tested.
fn structures(design: &Design<'_>) -> Vec<Subject> {
    let entities = design.document.entities.iter().map(|it| &it.name);
    let own =
        entities.filter(|it| design.words(it.span) == it.text && is_structure(design, it.span));
    let subject = |it: &groundplan_model::document::Text| Subject {
        name: snake(&it.text),
        comment: format!("invariants of {}", it.text),
        span: it.span,
    };
    own.map(subject).collect()
}

/// Folders of stated files that run by themselves.
fn programs(files: &Files<'_>) -> Vec<Subject> {
    const FOLDERS: [&str; 6] = ["worker", "workers", "jobs", "tasks", "consumers", "cron"];
    let mut found: Vec<Subject> = Vec::new();
    for file in &files.layout.stated {
        let folder = folder(&file.path);
        let name = file_name(folder);
        let runs = FOLDERS.contains(&name) && folder.starts_with(&files.layout.root);
        if runs && !found.iter().any(|it| it.name == name) {
            let comment = format!("what stands in {name}/");
            found.push(Subject { name: name.to_owned(), comment, span: file.span });
        }
    }
    found
}

/// Services, where the design states rules.
fn rules(files: &Files<'_>) -> Vec<Subject> {
    let Some(rule) = files.design.items(&["business rules"]).first().map(|it| it.span) else {
        return Vec::new();
    };
    let has_service = |name: &str| {
        let spelled = (files.layout.language.case)(name);
        files.entries.iter().any(|it| it.path.contains(&spelled))
    };
    let subject = |noun: &Noun| {
        let name = format!("{}_service", noun.one);
        let comment = format!("rules of {}", noun.many.replace('_', " "));
        has_service(&name).then_some(Subject { name, comment, span: rule })
    };
    files.design.nouns.iter().filter_map(subject).collect()
}

/// Whether a type is a structure of the design, not a body of the interface.
fn is_structure(design: &Design<'_>, span: Span) -> bool {
    let section = design.document.section_at(span.start);
    section.is_some_and(|it| it.title.text.to_lowercase().contains("structure"))
}

pub(super) fn integration_tests(files: &mut Files<'_>) {
    let design = files.design;
    for (at, noun) in design.nouns.iter().enumerate() {
        let Some(route) = design.routes_of(at).next() else { continue };
        let path = files.layout.noun_path(Role::IntegrationTest, noun);
        let comment = format!("every documented status of {}", noun.many.replace('_', " "));
        files.add(path, &comment, Some(route.span));
    }
    for route in design.free_routes() {
        let (one, many) = design.subject_of(route);
        let path = files.layout.path(Role::IntegrationTest, &one, &many);
        let comment = format!("every documented status of {}", many.replace('_', " "));
        files.add(path, &comment, Some(route.span));
    }
    let Some(plan) = &design.plan else { return };
    files.role(
        Role::Fixtures,
        "clients and a database for tests",
        plan.routes.first().map(|it| it.span),
    );
    files.role(Role::Factories, "rows for tests", plan.routes.first().map(|it| it.span));
    let mut policies: Vec<(&str, &str, Span)> = Vec::new();
    if let Some(limit) = &plan.rate_limit {
        policies.push(("limits", "rate limit and quotas", limit.span));
    }
    policies.extend(plan.quotas.iter().map(|it| ("limits", "rate limit and quotas", it.span)));
    for policy in &design.document.policies {
        if policy.kind == PolicyKind::OwnRows {
            policies.push(("ownership", "rows of other owners", policy.text.span));
        }
    }
    for (name, comment, span) in policies {
        let path = files.layout.path(Role::IntegrationTest, name, name);
        files.add(path, comment, Some(span));
    }
}

pub(super) fn flow_tests(files: &mut Files<'_>) {
    let design = files.design;
    for table in design.tables(&["test type", "scenario"]) {
        for row in 0..table.view.rows.len() {
            let kind = design.cell(table, row, "test type").unwrap_or_default().to_lowercase();
            let span = Some(Span::at(table.row_start(row) as usize));
            if kind.contains("e2e") || kind.contains("end-to-end") {
                files.role(Role::FlowTest, "whole flows", span);
            } else if kind.contains("perf") || kind.contains("load") {
                files.role(Role::LoadTest, "load, stress and spike", span);
            }
        }
    }
}
