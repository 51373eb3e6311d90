//! Part 7: libraries, scripts, and what is generated.

use super::{Context, Page, carry, gap};
use crate::derive::design::libraries;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Required Dependencies");
    dependencies(context, page);
    page.heading(3, "Development Scripts");
    let script = context.file("dev_setup");
    match script {
        Some(script) => page.list(&[format!(
            "{script}: {}",
            gap("which commands prepare a machine: libraries, database, first tests?")
        )]),
        None => page.say(&gap("which commands prepare a machine for the work?")),
    }
    let own = carry(context, page, &["development workflow", "local setup", "development setup"]);
    page.heading(3, "Code Generation Tools");
    let generators: Vec<String> = context
        .files
        .iter()
        .filter(|it| it.path.contains("generate"))
        .filter_map(|it| {
            Some(format!("`{}`: {} ({})", it.path, it.comment, page.cite(it.source?.start)))
        })
        .collect();
    page.list(&generators);
    if generators.is_empty() && !own {
        page.say(&gap("what is generated, from what, by which command?"));
    } else if generators.is_empty() {
        page.say("The design names nothing that is generated.");
    }
}

fn dependencies(context: &Context<'_>, page: &mut Page<'_>) {
    let rows: Vec<Vec<String>> = libraries(&context.design)
        .iter()
        .map(|it| {
            let version = it.version.clone().map(|it| it.replace(['`', '*'], ""));
            let question = format!("which version of {}?", it.name);
            let purpose = it.purpose.clone().unwrap_or_default();
            let version = version.unwrap_or_else(|| gap(&question));
            vec![it.name.clone(), version, purpose, page.cite(it.span.start)]
        })
        .collect();
    if rows.is_empty() {
        page.say(&gap("which libraries does the code need, in which versions?"));
    }
    page.table(&["Library", "Version", "Purpose", "Source"], &rows);
    let tools = context.layout.language.tools;
    if !tools.is_empty() {
        page.say(&format!(
            "For tests and checks, usual for {}: {tools}. {}",
            context.layout.language.name,
            gap("which of these does the code base use, in which versions?")
        ));
    }
}
