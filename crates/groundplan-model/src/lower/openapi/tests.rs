//! Fragments of contracts, and what is wrong in them.

use groundplan_syntax::{Source, parse};

use crate::document::ContractFaultKind::{
    OldForm, UnboundedLimit, UndeclaredParameter, UnresolvedRef,
};
use crate::lower;

fn faults(contract: &str) -> Vec<(crate::document::ContractFaultKind, String)> {
    let text = format!("# A\n\n```yaml\n{contract}\n```\n");
    let source = Source::new("a.md", &text);
    let document = lower(&source, &parse(&source));
    document.contract_faults.into_iter().map(|it| (it.kind, it.text.text)).collect()
}

#[test]
fn forms_of_swagger_are_faults_unless_the_fragment_is_swagger() {
    let paths = "paths:\n  /a:\n    get:\n      parameters:\n        - name: q\n          in: query\n          \
                 type: string\n      responses:\n        200:\n          schema: {type: array}\n";
    let found = [(OldForm, "type".to_owned()), (OldForm, "schema".to_owned())];
    assert_eq!(faults(paths), found);
    assert_eq!(faults(&format!("openapi: 3.1.0\n{paths}")), found);
    assert_eq!(faults(&format!("swagger: \"2.0\"\n{paths}")), []);
}

#[test]
fn references_into_the_fragment_are_followed() {
    let contract = "paths:\n  /a:\n    get:\n      responses:\n        200:\n          \
                    $ref: '#/components/responses/B'\n        404:\n          \
                    $ref: '#/components/responses/C'\n        500:\n          $ref: other.yaml#/x\n\
                    components:\n  responses:\n    B: {description: b}\n";
    assert_eq!(faults(contract), [(UnresolvedRef, "#/components/responses/C".to_owned())]);
}

#[test]
fn limits_have_a_maximum_and_path_parameters_are_declared() {
    let contract = "paths:\n  /a/{id}:\n    parameters:\n      - {name: other, in: path}\n    get:\n      \
                    parameters:\n        - {name: limit, in: query, schema: {type: integer}}\n        \
                    - {name: page_size, in: query, schema: {type: integer, maximum: 100}}\n";
    let found = [(UndeclaredParameter, "id".to_owned()), (UnboundedLimit, "limit".to_owned())];
    assert_eq!(faults(contract), found);
    assert_eq!(faults("paths:\n  /a/{id}:\n    get: {parameters: [{$ref: other.yaml}]}\n"), []);
}
