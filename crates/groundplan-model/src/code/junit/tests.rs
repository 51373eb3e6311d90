//! Results of tests.

use super::{Outcome, read_junit};

#[test]
fn cases_have_the_outcome_that_stands_inside_them() {
    let text = "<?xml version=\"1.0\"?>\n<testsuites><testsuite name=\"cart\" file=\"a.py\">\n\
                <testcase name=\"adds\" classname=\"tests.Cart\" time=\"0.1\"/>\n\
                <testcase name=\"a &lt; b\" file=\"b.py\"><failure message=\"no\">x</failure></testcase>\n\
                <testcase name=\"later\"><skipped/></testcase>\n<system-out>x</system-out><error/>\n\
                </testsuite></testsuites>";
    let results = read_junit(text).expect("JUnit");
    let shown = results.iter().map(|it| {
        (it.suite.as_str(), it.name.as_str(), it.classname.as_str(), it.file.as_str(), it.outcome)
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            ("cart", "adds", "tests.Cart", "a.py", Outcome::Passed),
            ("cart", "a < b", "", "b.py", Outcome::Failed),
            ("cart", "later", "", "a.py", Outcome::Skipped),
        ]
    );
}

#[test]
fn what_is_no_xml_has_a_fault_with_its_place() {
    let fault = read_junit("<testsuites><testcase name=\"x\"></wrong>").expect_err("broken");
    assert_eq!(fault.offset, 31);
    assert_eq!(read_junit("no xml at all"), Ok(Vec::new()));
}
