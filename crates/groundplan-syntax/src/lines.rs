//! Which line an offset lies on, and where a line begins.

use crate::Span;

/// Bytes whose line breaks are counted together: as many as a few steps of the processor look at.
const BLOCK: usize = 64;

/// How many line breaks stand before each block of a text. Where each line begins takes seven times
/// as long to write down, and as long to look up.
#[derive(Debug)]
pub(crate) struct LineIndex {
    /// Before each whole block, and before what follows the last of them.
    before: Vec<u32>,
    /// In all of the text.
    count: u32,
}

impl LineIndex {
    pub(crate) fn new(text: &str) -> Self {
        let (blocks, rest) = text.as_bytes().as_chunks::<BLOCK>();
        let mut before = Vec::with_capacity(blocks.len() + 1);
        let mut count = 0;
        for block in blocks {
            before.push(count);
            count += u32::from(breaks_in(block));
        }
        before.push(count);
        Self { before, count: count + u32::from(breaks_in(rest)) }
    }

    /// How many line breaks `text` has.
    pub(crate) fn count(&self) -> usize {
        self.count as usize
    }

    /// How many line breaks stand before `offset`.
    pub(crate) fn before(&self, text: &str, offset: usize) -> usize {
        let Some(before) = self.before.get(offset / BLOCK) else { return self.count() };
        let rest = text.as_bytes().get(offset - offset % BLOCK..).unwrap_or(&[]);
        let within = match rest.first_chunk::<BLOCK>() {
            Some(block) => breaks_below(block, offset % BLOCK),
            None => breaks_in(rest.get(..offset % BLOCK).unwrap_or(rest)),
        };
        *before as usize + usize::from(within)
    }

    /// Where the line behind the `number`th line break begins; `None` where there are fewer.
    pub(crate) fn start(&self, text: &str, number: usize) -> Option<usize> {
        if number == 0 {
            return Some(0);
        }
        let number = Span::at(number).start;
        let block = self.before.partition_point(|it| *it < number).checked_sub(1)?;
        let nth = number - self.before.get(block)? - 1;
        let rest = text.as_bytes().get(block * BLOCK..)?;
        let at = memchr::memchr_iter(b'\n', rest).nth(nth as usize)?;
        Some(block * BLOCK + at + 1)
    }
}

/// The line breaks of a block or less: no more than a byte can count.
fn breaks_in(bytes: &[u8]) -> u8 {
    bytes.iter().map(|it| u8::from(*it == b'\n')).sum()
}

/// Those before `end`. All of the block is looked at: a loop of a length that is known has no rest.
fn breaks_below(block: &[u8; BLOCK], end: usize) -> u8 {
    let end = u8::try_from(end).unwrap_or(u8::MAX);
    let at = (0..).zip(block);
    at.map(|(at, it): (u8, _)| u8::from(*it == b'\n') & u8::from(at < end)).sum()
}

#[cfg(test)]
mod tests;
