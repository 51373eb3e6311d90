//! What tasks depend on.

use groundplan_model::lower;
use groundplan_syntax::{Source, parse};

use super::{dependents, ids};

const LIST: &str = "\
### T-001: Table

### T-002: Endpoints

**Dependencies**: T-001, T-004 (T-009 helps)

### T003 Messages

- Depends on: T-002

```
Dependencies: T-001
```
";

#[test]
fn a_task_names_what_stands_before_the_remark() {
    let source = Source::new("tasks.md", LIST);
    let document = lower(&source, &parse(&source));
    assert_eq!(ids(&document), ["T-001", "T-002", "T003"]);
    let found: Vec<(String, Vec<String>)> = dependents(&document)
        .into_iter()
        .map(|it| (it.id, it.needs.into_iter().map(|need| need.text).collect()))
        .collect();
    let strings = |them: &[&str]| them.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let expected = vec![
        ("T-002".to_owned(), strings(&["T-001", "T-004"])),
        ("T003".to_owned(), strings(&["T-002"])),
    ];
    assert_eq!(found, expected);
}
