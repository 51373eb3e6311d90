//! RESP2, what Redis and Valkey speak: a command is an array of strings, a reply is one of five
//! forms. <https://redis.io/docs/latest/develop/reference/protocol-spec/>

#[cfg(test)]
mod tests;

/// Arrays in arrays at most.
const DEPTH: usize = 4;

/// A longer string, or an array of more items, is no reply of ours.
const LIMIT: usize = 512 * 1024 * 1024;

/// What a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    Nil,
    Integer(i64),
    Bytes(Vec<u8>),
    Error(String),
    Array(Vec<Reply>),
}

/// What is no RESP2.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// The bytes of a command.
pub(super) fn command(parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len() + 16).sum();
    let mut bytes = Vec::with_capacity(length + 16);
    bytes.extend_from_slice(format!("*{}\r\n", parts.len()).as_bytes());
    for part in parts {
        bytes.extend_from_slice(format!("${}\r\n", part.len()).as_bytes());
        bytes.extend_from_slice(part);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// The reply that `bytes` begin with and how long it is; `None` where its end has not come yet.
pub(super) fn read(bytes: &[u8]) -> Result<Option<(Reply, usize)>, Malformed> {
    let mut reader = Reader { bytes, at: 0 };
    Ok(reader.reply(DEPTH)?.map(|reply| (reply, reader.at)))
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn reply(&mut self, depth: usize) -> Result<Option<Reply>, Malformed> {
        let Some(line) = self.line()? else { return Ok(None) };
        let (form, rest) = line.split_first().ok_or(Malformed)?;
        match form {
            b'+' => Ok(Some(Reply::Bytes(rest.to_vec()))),
            b'-' => Ok(Some(Reply::Error(String::from_utf8_lossy(rest).into_owned()))),
            b':' => Ok(Some(Reply::Integer(number(rest)?))),
            b'$' => self.string(number(rest)?),
            b'*' => self.array(number(rest)?, depth.checked_sub(1).ok_or(Malformed)?),
            _ => Err(Malformed),
        }
    }

    /// The bytes up to the end of the line, which is read over.
    fn line(&mut self) -> Result<Option<&'b [u8]>, Malformed> {
        let rest = self.bytes.get(self.at..).ok_or(Malformed)?;
        let Some(end) = rest.windows(2).position(|it| it == b"\r\n") else { return Ok(None) };
        self.at += end + 2;
        Ok(rest.get(..end))
    }

    fn string(&mut self, length: i64) -> Result<Option<Reply>, Malformed> {
        let Some(length) = size(length)? else { return Ok(Some(Reply::Nil)) };
        let Some(bytes) = self.bytes.get(self.at..self.at + length) else { return Ok(None) };
        let Some(end) = self.bytes.get(self.at + length..self.at + length + 2) else {
            return Ok(None);
        };
        self.at += length + 2;
        if end == b"\r\n" { Ok(Some(Reply::Bytes(bytes.to_vec()))) } else { Err(Malformed) }
    }

    fn array(&mut self, length: i64, depth: usize) -> Result<Option<Reply>, Malformed> {
        let Some(length) = size(length)? else { return Ok(Some(Reply::Nil)) };
        let mut items = Vec::new();
        for _ in 0..length {
            let Some(item) = self.reply(depth)? else { return Ok(None) };
            items.push(item);
        }
        Ok(Some(Reply::Array(items)))
    }
}

fn number(bytes: &[u8]) -> Result<i64, Malformed> {
    std::str::from_utf8(bytes).ok().and_then(|it| it.parse().ok()).ok_or(Malformed)
}

/// A length; `None` for the -1 of nothing.
fn size(length: i64) -> Result<Option<usize>, Malformed> {
    match usize::try_from(length) {
        Ok(length) if length <= LIMIT => Ok(Some(length)),
        Err(_) if length == -1 => Ok(None),
        _ => Err(Malformed),
    }
}
