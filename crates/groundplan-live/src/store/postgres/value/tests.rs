//! Binary values as the server sends them.

use tokio_postgres::types::Type;

use super::{decimal, read};
use crate::store::Seen;

fn text(ty: Type, bytes: &[u8]) -> String {
    match read(&ty, bytes) {
        Seen::Text(text) => text.into_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn times_and_days_count_from_2000() {
    assert_eq!(text(Type::TIMESTAMPTZ, &0_i64.to_be_bytes()), "2000-01-01T00:00:00.000000Z");
    assert_eq!(text(Type::TIMESTAMPTZ, &(-1_i64).to_be_bytes()), "1999-12-31T23:59:59.999999Z");
    assert_eq!(text(Type::DATE, &59_i32.to_be_bytes()), "2000-02-29");
    assert_eq!(text(Type::DATE, &(-1_i32).to_be_bytes()), "1999-12-31");
}

fn numeric(weight: i16, sign: i16, scale: i16, groups: &[i16]) -> String {
    let count = i16::try_from(groups.len()).expect("few groups");
    let shorts = [count, weight, sign, scale];
    let bytes: Vec<u8> =
        shorts.iter().chain(groups).flat_map(|short| short.to_be_bytes()).collect();
    decimal(&bytes).expect("a number")
}

#[test]
fn decimals_keep_their_scale() {
    assert_eq!(numeric(0, 0, 2, &[12, 5000]), "12.50");
    assert_eq!(numeric(0, 0x4000, 2, &[12, 5000]), "-12.50");
    assert_eq!(numeric(0, 0, 0, &[]), "0");
    assert_eq!(numeric(0, 0, 3, &[]), "0.000");
    assert_eq!(numeric(1, 0, 0, &[1]), "10000");
    assert_eq!(numeric(1, 0, 1, &[1, 2, 5000]), "10002.5");
    assert_eq!(numeric(-2, 0, 8, &[7]), "0.00000007");
}

#[test]
fn json_loses_its_version_and_broken_bytes_are_no_value() {
    assert_eq!(text(Type::JSONB, b"\x01{\"a\": 1}"), "{\"a\": 1}");
    assert_eq!(read(&Type::INT8, &[1, 2, 3]), Seen::Null);
    assert_eq!(read(&Type::BOOL, &[1]), Seen::Integer(1));
}
