//! Where new documents go.

use super::Naming;

const XCC: [&str; 4] = [
    "0xcc/prds/{nnn}_FPRD|{Name}.md",
    "0xcc/tdds/{nnn}_FTDD|{Name}.md",
    "0xcc/tids/{nnn}_FTID|{Name}.md",
    "0xcc/tasks/{nnn}_FTASKS|{Name}.md",
];
const SPECKIT: [&str; 3] =
    ["specs/{nnn}-{name}/spec.md", "specs/{nnn}-{name}/plan.md", "specs/{nnn}-{name}/tasks.md"];

impl Naming<'static> {
    pub(super) fn example() -> Self {
        let from = Some("docs/001_PRD-data-export.md");
        Self { form: "docs/{nnn}_TID-{name}.md", family: &XCC, here: &[], elsewhere: &[], from }
    }
}

/// The path of a new document.
fn path(form: &str, family: &[&str], here: &[&str], from: Option<&str>, name: &str) -> String {
    let here: Vec<String> = here.iter().map(|it| (*it).to_owned()).collect();
    Naming { form, family, here: &here, elsewhere: &[], from }.propose(name, None).path
}

#[test]
fn without_any_document_the_form_decides() {
    assert_eq!(path(XCC[2], &XCC, &[], None, "Data export"), "0xcc/tids/001_FTID-Data_Export.md");
    assert_eq!(
        path(SPECKIT[0], &SPECKIT, &[], None, "Data export"),
        "specs/001-data-export/spec.md"
    );
    let kiro = ".kiro/specs/{name}/design.md";
    assert_eq!(path(kiro, &[kiro], &[], None, "Data export"), ".kiro/specs/data-export/design.md");
    let adr = "docs/adr/{nnnn}-{name}.md";
    assert_eq!(path(adr, &[adr], &[], None, "Use SQLite"), "docs/adr/0001-use-sqlite.md");
}

#[test]
fn without_a_bar_in_the_workspace_there_is_none_in_the_path() {
    let form = "0xcc/prds/000_PPRD|{Name}.md";
    assert_eq!(path(form, &XCC, &[], None, "Shop"), "0xcc/prds/000_PPRD-Shop.md");
    assert_eq!(path(form, &XCC, &["a|b.md"], None, "Shop"), "0xcc/prds/000_PPRD|Shop.md");
}

#[test]
fn a_bar_separates_where_the_workspace_has_bars() {
    let here = ["0xcc/prds/004_FPRD|Old_Thing.md"];
    assert_eq!(path(XCC[0], &XCC, &here, None, "New thing"), "0xcc/prds/005_FPRD|New_Thing.md");
}

#[test]
fn a_document_made_from_another_has_its_number_name_and_style() {
    let from = "0xcc/tdds/002_FTDD|DataExport.md";
    let made = path(XCC[2], &XCC, &[from, "0xcc/tdds/007_FTDD|Else.md"], Some(from), "Data Export");
    assert_eq!(made, "0xcc/tids/002_FTID|DataExport.md");
    let from = "specs/003-export/spec.md";
    assert_eq!(
        path(SPECKIT[1], &SPECKIT, &[from], Some(from), "Export"),
        "specs/003-export/plan.md"
    );
}

#[test]
fn documents_of_one_folder_stay_in_it_with_their_short_labels() {
    let here = ["docs/001_PRD-data-export.md", "docs/001_TDD-data-export.md"];
    let made = path(XCC[2], &XCC, &here, Some(here[1]), "Data Export");
    assert_eq!(made, "docs/001_TID-data-export.md");
    assert_eq!(path(XCC[0], &XCC, &here, None, "Audit log"), "docs/002_PRD-audit-log.md");
}

#[test]
fn folders_lie_beside_those_of_the_family_wherever_it_lives() {
    let here = ["plans/prds/001_FPRD-Data.md"];
    assert_eq!(path(XCC[1], &XCC, &here, Some(here[0]), "Data"), "plans/tdds/001_FTDD-Data.md");
    assert_eq!(
        path(XCC[1], &XCC, &["prds/001_FPRD-Data.md"], None, "Data"),
        "tdds/001_FTDD-Data.md"
    );
}

#[test]
fn a_feature_of_the_same_name_shares_its_number() {
    let here = ["docs/001_PRD-a.md", "docs/002_PRD-data-export.md", "docs/003_PRD-c.md"];
    assert_eq!(path(XCC[1], &XCC, &here, None, "Data Export"), "docs/002_TDD-data-export.md");
}

#[test]
fn the_next_number_is_free_here_and_on_other_branches() {
    let here = ["docs/001_PRD-a.md".to_owned(), "docs/999_TEST_PLAN-all.md".to_owned()];
    let elsewhere = ["docs/004_TDD-other.md".to_owned()];
    let form = XCC[0];
    let naming = Naming { form, family: &XCC, here: &here, elsewhere: &elsewhere, from: None };
    let next = naming.propose("New", None);
    assert_eq!((next.path.as_str(), next.number.as_deref()), ("docs/005_PRD-new.md", Some("005")));
    assert_eq!(naming.propose("New", Some(42)).path, "docs/042_PRD-new.md");
}

#[test]
fn numbers_of_decisions_and_of_features_are_counted_apart() {
    let here = ["docs/adr/0007-use-x.md", "docs/003_PRD-a.md", "docs/0009-other.md"];
    let adr = "docs/adr/{nnnn}-{name}.md";
    assert_eq!(path(adr, &[adr], &here, None, "Use y"), "docs/adr/0008-use-y.md");
    let padr = "0xcc/adrs/{nnn}_PADR|{Name}.md";
    assert_eq!(
        path(padr, &XCC, &["0xcc/prds/004_FPRD-A.md"], None, "Use y"),
        "0xcc/adrs/001_PADR-Use_Y.md"
    );
    let elsewhere = ["doc/decisions/0002-use-x.md"];
    assert_eq!(path(adr, &[adr], &elsewhere, None, "Use y"), "doc/decisions/0003-use-y.md");
}

#[test]
fn the_project_s_own_number_is_no_feature_s() {
    let here = ["docs/000_PPRD-data-export.md", "docs/001_PRD-data-export.md"];
    assert_eq!(path(XCC[1], &XCC, &here, None, "Data export"), "docs/001_TDD-data-export.md");
}

#[test]
fn a_form_fits_documents_with_its_label_or_folder() {
    assert!(Naming::fits(XCC[1], "0xcc/tdds/002_FTDD|Data.md"));
    assert!(!Naming::fits(XCC[1], "docs/002_TDD-data.md"));
    assert!(Naming::fits(SPECKIT[0], "specs/001-data/plan.md"));
    assert!(!Naming::fits(SPECKIT[0], "docs/001-data/plan.md"));
}
