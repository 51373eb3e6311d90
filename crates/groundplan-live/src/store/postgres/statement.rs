//! Statements in PostgreSQL's own form: `?5` becomes `$1`.
//!
//! PostgreSQL wants parameters without gaps, and one type for each. So every place gets a number
//! of its own, and the order says which of our values belongs there.

/// The text and, for each of its parameters, our number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Translated {
    pub(super) text: String,
    pub(super) order: Vec<usize>,
}

/// `sql` with `$1`, `$2`, … for our numbers, outside of names and literals.
pub(super) fn translate(sql: &str) -> Translated {
    let mut text = String::with_capacity(sql.len() + 8);
    let mut order = Vec::new();
    let mut inside: Option<char> = None;
    let mut chars = sql.char_indices().peekable();
    while let Some((_, it)) = chars.next() {
        match (inside, it) {
            (Some(quote), _) if it == quote => inside = None,
            (None, '"' | '\'') => inside = Some(it),
            (None, '?') => {
                let mut number = 0_usize;
                while let Some(digit) = chars.peek().and_then(|(_, it)| it.to_digit(10)) {
                    number = number.saturating_mul(10).saturating_add(digit as usize);
                    chars.next();
                }
                order.push(number);
                text.push_str(&format!("${}", order.len()));
                continue;
            }
            _ => {}
        }
        text.push(it);
    }
    Translated { text, order }
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn every_place_gets_a_number_of_its_own() {
        let found = translate("SELECT \"a?1\" FROM t WHERE b = ?2 AND c IN (?12, ?2) AND d = '?3'");
        assert_eq!(found.text, "SELECT \"a?1\" FROM t WHERE b = $1 AND c IN ($2, $3) AND d = '?3'");
        assert_eq!(found.order, [2, 12, 2]);
    }

    #[test]
    fn a_doubled_quote_stays_inside() {
        assert_eq!(translate("'it''s ?1' = ?1").text, "'it''s ?1' = $1");
    }
}
