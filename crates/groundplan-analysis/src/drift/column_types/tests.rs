//! Types across dialects and languages.

use groundplan_model::schema::ColumnType;

use super::agree;

#[test]
fn one_type_in_the_words_of_many_tools_agrees() {
    let pairs = [
        (ColumnType::Text, "String(255)"),
        (ColumnType::Text, "sa.Text()"),
        (ColumnType::Text, "Enum(Status)"),
        (ColumnType::Integer { auto: true }, "Int4"),
        (ColumnType::Integer { auto: false }, "i64"),
        (ColumnType::Integer { auto: false }, "number"),
        (ColumnType::Timestamp, "DateTime(timezone=True)"),
        (ColumnType::Timestamp, "time.Time"),
        (ColumnType::Timestamp, "Timestamptz"),
        (ColumnType::Uuid, "postgresql.UUID(as_uuid=True)"),
        (ColumnType::Uuid, "String(36)"),
        (ColumnType::Boolean, "BooleanField"),
        (ColumnType::Json, "JSONB"),
        (ColumnType::Array, "ARRAY(String)"),
        (ColumnType::Bytes, "LargeBinary"),
        (ColumnType::Decimal, "Numeric(12, 2)"),
    ];
    for (stated, written) in pairs {
        assert!(agree(&stated, written), "{stated:?} {written}");
    }
}

#[test]
fn another_type_is_told() {
    let pairs = [
        (ColumnType::Decimal, "Float"),
        (ColumnType::Integer { auto: false }, "VARCHAR(20)"),
        (ColumnType::Timestamp, "Text"),
        (ColumnType::Uuid, "Integer"),
        (ColumnType::Boolean, "datetime.datetime"),
    ];
    for (stated, written) in pairs {
        assert!(!agree(&stated, written), "{stated:?} {written}");
    }
}

#[test]
fn a_type_that_nobody_knows_never_differs() {
    assert!(agree(&ColumnType::Integer { auto: false }, "ForeignKey"));
    assert!(agree(&ColumnType::Other, "Integer"));
    assert!(agree(&ColumnType::Text, ""));
}
