//! Templates are read, filled, and recognised; new documents are named.

mod naming;

use super::{
    BUILT_IN, Choice, FILES, Forms, Naming, Shape, Style, Template, Values, spoken, styled,
    values_of,
};
use crate::{Document, lower};
use groundplan_syntax::{Source, parse};

fn template(name: &str) -> &'static Template {
    Template::built_in().iter().find(|it| it.name == name).expect("it is built in")
}

fn document(text: &str) -> Document {
    let source = Source::new("a.md", text);
    lower(&source, &parse(&source))
}

fn filled(name: &str) -> String {
    let mut values = Values::default();
    values.set("feature name", "Data Export");
    values.set("DATE", "2026-02-03");
    values.set("author", "T. Ester");
    values.set("REQ_ID", "FR-1");
    for place in ["PRD", "DESIGN", "TID", "PROJECT_PRD", "TEST_RESULTS"] {
        values.set(place, "[a](b.md)");
    }
    template(name).fill(&values).text
}

#[test]
fn every_built_in_template_can_be_read_and_is_named_after_its_file() {
    for (stem, text) in FILES {
        assert_eq!(Template::parse(stem, text).map(|it| it.name), Ok(stem.to_owned()));
    }
    assert_eq!(BUILT_IN.len(), FILES.len());
}

#[test]
fn every_file_of_the_folder_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    #[expect(clippy::disallowed_methods, reason = "the test reads the folder that it is about")]
    let count = std::fs::read_dir(folder).expect("the folder is there").count();
    assert_eq!(count, FILES.len());
}

#[test]
fn a_filled_template_has_no_mark_and_no_place_in_braces_left() {
    for template in Template::built_in() {
        let text = filled(&template.name);
        for left in ["{{", "<!--", " | Approved", "\\|"] {
            assert!(!text.contains(left), "`{left}` in {}:\n{text}", template.name);
        }
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
    }
}

#[test]
fn a_choice_in_the_header_begins_with_its_first_value_unless_one_is_given() {
    assert!(filled("technical-design").contains("**Status:** Draft  \n"));
    assert!(filled("feature-specification").contains("| **Status** | Draft |\n"));
    let mut values = Values::default();
    values.set("status", "Approved");
    values.set("version", "2.1");
    let text = template("feature-prd").fill(&values).text;
    assert!(text.contains("**Status**: Approved  \n**Version**: 2.1  \n"), "{text}");
    assert!(text.contains("{{FEATURE_NAME}}"), "what is not known stays");
}

#[test]
fn a_place_in_code_is_written_as_code_writes_names() {
    let text = filled("tid");
    assert!(text.contains("class DataExportService:"), "{text}");
    assert!(text.contains("data_export_service.py"), "{text}");
    assert!(text.starts_with("# Technical Implementation Document: Data Export\n"), "{text}");
}

#[test]
fn a_bar_in_a_value_does_not_end_a_table_s_cell() {
    let mut values = Values::default();
    values.set("PRD", "[x](001_FPRD|x.md)");
    let text = template("feature-specification").fill(&values).text;
    assert!(text.contains("| **PRD Reference** | [x](001_FPRD\\|x.md) |"), "{text}");
}

#[test]
fn a_place_that_a_template_does_not_have_is_told_with_those_that_it_has() {
    let error =
        template("decision-record").knows(&["color".to_owned()]).expect_err("no such place");
    assert_eq!(error.key, "color");
    assert_eq!(error.known, ["AUTHOR", "DATE", "DECIDERS", "FEATURE_NAME", "STATUS"]);
}

#[test]
fn own_templates_come_before_built_in_ones_of_other_names() {
    let own = "<!-- groundplan-template\nname: tid\nversion: 3\n-->\n# Ours\n\n## One\n";
    let own = Template::parse("tid", own).expect("it can be read");
    let all = Template::layered(vec![own]);
    assert_eq!(all.len(), BUILT_IN.len());
    assert_eq!(
        all.first().map(|it| (it.version, it.body.as_str())),
        Some((3, "# Ours\n\n## One\n"))
    );
}

#[test]
fn a_plain_file_is_a_template_and_a_broken_header_is_told() {
    let plain =
        Template::parse("runbook", "# Runbook: {{FEATURE_NAME}}\n").expect("it can be read");
    assert_eq!((plain.name.as_str(), plain.version), ("runbook", 1));
    assert_eq!(plain.file, "docs/{nnn}_RUNBOOK-{name}.md");
    for (head, word) in [("version: none", "version"), ("colour: red", "colour"), ("kind: x", "x")]
    {
        let text = format!("<!-- groundplan-template\n{head}\n-->\n# A\n");
        let error = Template::parse("a", &text).expect_err("it is broken");
        assert!(error.message.contains(word), "{}", error.message);
    }
}

#[test]
fn choices_are_read_from_bars_and_brackets() {
    let choice = |text: &str| Choice::of(text).map(|it| it.values.join(","));
    assert_eq!(
        choice("Draft | In Review \\| Approved").as_deref(),
        Some("Draft,In Review,Approved")
    );
    assert_eq!(choice("[HIGH/MED/LOW]").as_deref(), Some("HIGH,MED,LOW"));
    assert_eq!(choice("[Level and/or size]"), None);
    assert_eq!(choice("[The design](../tdds/001_FTDD|Orders.md)"), None);
    let choice = Choice::of("Draft | In Review").expect("a choice");
    assert!(choice.allows("in review since May") && choice.allows("✅ DRAFT"));
    assert!(!choice.allows("Drafty") && !choice.allows("Done"));
}

#[test]
fn a_shape_knows_optional_and_repeated_sections_tables_and_fences() {
    let shape = Shape::of(
        "# T\n\n## 1. One <!-- optional -->\n\n| A | B |\n|---|---|\n| 1 | [X/Y] |\n\n\
         ### [Name]\n\n<!-- keep -->\n```sh\nls\n```\n\n## Two & three\n\n```\nx\n```\n",
    );
    let [_, one, name, two] = shape.parts.as_slice() else { panic!("{shape:?}") };
    assert!(one.optional && !one.repeats && name.repeats && !two.optional);
    assert_eq!((one.key(), two.key()), ("one".to_owned(), "two and three".to_owned()));
    let grid = one.grids.first().expect("a table");
    let choice = grid.column("b").and_then(super::Column::choice).expect("a choice");
    assert_eq!(choice.values, ["X", "Y"]);
    assert!(name.blocks[0].kept && !two.blocks[0].kept);
}

#[test]
fn values_are_read_back_from_the_document_that_they_made() {
    for template in Template::built_in() {
        let text = filled(&template.name).replace("Draft", "Draft ").replace("DRAFT", "DRAFT ");
        let values = values_of(template, &text);
        assert_eq!(template.fill(&values).text, filled(&template.name), "{}", template.name);
    }
}

#[test]
fn every_filled_template_is_recognised_with_each_section() {
    for template in Template::built_in() {
        let document = document(&filled(&template.name));
        let found =
            Forms::of(Template::built_in()).recognise(&document).expect("it follows a template");
        assert_eq!(found.template.name, template.name);
        assert!(found.foreign.is_empty(), "{}: {:?}", template.name, found.foreign);
        assert!(found.missing.is_empty(), "{}: {:?}", template.name, found.missing);
        assert_eq!(found.mapped + 1, document.sections.len(), "{}", template.name);
    }
}

#[test]
fn a_document_of_another_form_is_not_recognised() {
    let other = document("# A\n\n## Purpose\n\n## Usage\n\n## Licence\n");
    assert!(Forms::of(Template::built_in()).recognise(&other).is_none());
}

#[test]
fn names_are_written_in_every_style() {
    let cases = [
        (Style::Kebab, "data-export-v2"),
        (Style::Snake, "data_export_v2"),
        (Style::Pascal, "DataExportV2"),
        (Style::Title, "Data_Export_V2"),
        (Style::Upper, "DATA_EXPORT_V2"),
    ];
    for (style, expected) in cases {
        assert_eq!(styled("Data Export v2", style), expected);
    }
    assert_eq!(spoken("dataExport_job-list"), "Data Export Job List");
    assert_eq!(Naming::example().name(), Some("Data Export".to_owned()));
}

#[test]
fn an_example_is_left_as_it_is_whatever_name_was_filled_in() {
    let block =
        |text: &str| Shape::of(&format!("# T\n\n```\n{text}\n```\n")).parts[0].blocks[0].clone();
    let example = block("class {{FeatureName}}Service({{Base}}):\n    pass");
    assert!(example.is_left_in("class DataExportService(Object):\n    pass\n"));
    assert!(!example.is_left_in("class DataExportService(Object):\n    run()\n"));
    assert!(!example.is_left_in("class DataExport:\n    pass\n"));
}

#[test]
fn boxes_that_speak_of_a_section_name_it() {
    let promises = template("tid").promises();
    assert_eq!(promises.len(), 10);
    assert!(promises.iter().all(|(item, section)| !item.contains("<!--") && !section.is_empty()));
    let shape = template("tid").shape();
    for (_, section) in &promises {
        assert!(shape.parts.iter().any(|it| it.title.ends_with(section.as_str())), "{section}");
    }
}
