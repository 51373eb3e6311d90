//! What the log shows.

use super::Redaction;

#[test]
fn secrets_are_hidden_wherever_they_stand_and_the_rest_is_shown() {
    let redaction = Redaction::new(&[]);
    assert_eq!(
        redaction.query("limit=5&access_token=abc&X-API_Key=1&flag"),
        "limit=5&access_token=***&X-API_Key=***&flag"
    );
    assert_eq!(redaction.value("subject", "ada"), "ada");
}

#[test]
fn an_operator_names_more() {
    let redaction = Redaction::new(&["Email".to_owned(), "subject".to_owned()]);
    assert_eq!(redaction.query("email=a@b.example&name=x"), "email=***&name=x");
    assert_eq!(redaction.value("subject", "ada"), "***");
}
