//! Marks of headings and keys: most of a profile are told apart from a document's own without being
//! compared.

/// The marks of a list of texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    each: Vec<u128>,
    all: u128,
}

impl Marks {
    pub(super) fn of(texts: &[impl AsRef<str>]) -> Self {
        let each: Vec<u128> = texts.iter().map(|it| mark(it.as_ref())).collect();
        let all = each.iter().fold(0, |all, it| all | it);
        Self { each, all }
    }

    /// Those of `texts`, whose marks these are, that may be in the list that `others` mark.
    pub(super) fn shared<'a>(
        &self,
        texts: &'a [String],
        others: &Self,
    ) -> impl Iterator<Item = &'a String> {
        let marked = texts.iter().zip(&self.each);
        marked.filter(|(_, mark)| *mark & !others.all == 0).map(|(text, _)| text)
    }
}

/// Two bits of 128.
fn mark(text: &str) -> u128 {
    let edges = text.bytes().next().into_iter().chain(text.bytes().next_back());
    let sum = edges.fold(text.len(), |sum, byte| sum * 31 + usize::from(byte));
    1 << (sum % 128) | 1 << (sum / 128 % 128)
}
