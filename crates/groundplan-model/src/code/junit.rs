//! JUnit XML: the results of tests, as most test runners can write them.

#[cfg(test)]
mod tests;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It passed.
    Passed,
    /// It failed, or broke before it could.
    Failed,
    /// It did not run.
    Skipped,
}

/// The result of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// The suite around it.
    pub suite: String,
    /// Its name.
    pub name: String,
    /// Its class or module; empty where none is stated.
    pub classname: String,
    /// Its file; empty where none is stated.
    pub file: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Why a text is no JUnit file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JunitFault {
    /// The parser's message.
    pub message: String,
    /// The byte at which it stopped.
    pub offset: u64,
}

/// Reads the results of a JUnit file.
pub fn read_junit(text: &str) -> Result<Vec<TestResult>, JunitFault> {
    let mut reader = Reader::from_str(text);
    let mut found = Results::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let is_case = found.begin(&element);
                found.open = found.open || is_case;
            }
            Ok(Event::Empty(element)) => {
                found.begin(&element);
                found.end(element.name().as_ref());
            }
            Ok(Event::End(element)) => found.end(element.name().as_ref()),
            Ok(Event::Eof) => return Ok(found.results),
            Ok(_) => {}
            Err(error) => {
                let (message, offset) = (error.to_string(), reader.error_position());
                return Err(JunitFault { message, offset });
            }
        }
    }
}

/// Results on their way.
#[derive(Default)]
struct Results {
    results: Vec<TestResult>,
    /// The names and files of the suites around.
    suites: Vec<(String, String)>,
    /// Whether a case is open, which what follows is about.
    open: bool,
}

impl Results {
    /// Takes the beginning of an element; true for a case.
    fn begin(&mut self, element: &BytesStart<'_>) -> bool {
        match element.name().as_ref() {
            "testsuite" => {
                self.suites.push((attribute(element, "name"), attribute(element, "file")));
            }
            "testcase" => {
                let (suite, of_suite) = self.suites.last().cloned().unwrap_or_default();
                let file = Some(attribute(element, "file")).filter(|it| !it.is_empty());
                self.results.push(TestResult {
                    suite,
                    name: attribute(element, "name"),
                    classname: attribute(element, "classname"),
                    file: file.unwrap_or(of_suite),
                    outcome: Outcome::Passed,
                });
                return true;
            }
            "failure" | "error" => self.judge(Outcome::Failed),
            "skipped" => self.judge(Outcome::Skipped),
            _ => {}
        }
        false
    }

    fn judge(&mut self, outcome: Outcome) {
        if let Some(result) = self.results.last_mut().filter(|_| self.open) {
            // What failed stays so, whatever else is said of it.
            if result.outcome != Outcome::Failed {
                result.outcome = outcome;
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "testsuite" => drop(self.suites.pop()),
            "testcase" => self.open = false,
            _ => {}
        }
    }
}

/// The value of an attribute; empty where it is not there or broken.
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    let value = found.and_then(|it| it.normalized_value(XmlVersion::Implicit1_0).ok());
    value.map(|it| it.into_owned()).unwrap_or_default()
}
