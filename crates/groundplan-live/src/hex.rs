//! Numbers in hexadecimal digits, written where there is room for them.

/// Hexadecimal digits of `number`, as many as there is room for, the last ones of it.
pub(crate) fn write(mut number: u64, room: &mut [u8]) {
    for byte in room.iter_mut().rev() {
        *byte = match u8::try_from(number & 0xf).unwrap_or(0) {
            digit @ 0..=9 => b'0' + digit,
            digit => b'a' + (digit - 10),
        };
        number >>= 4;
    }
}
