//! Phrases that headings are looked through for, found by the letters that they begin with. An
//! automaton of all of them took longer to build than a small workspace takes to read, and its table
//! is too large to stay near the processor.

/// Phrases in lower case, each with what it means.
pub(super) struct Phrases<T> {
    /// Sorted by how they begin.
    sorted: Vec<Phrase<T>>,
}

/// One phrase.
pub(super) struct Phrase<T> {
    begins: [u8; 2],
    text: &'static str,
    /// Its number in the list that it came from.
    pub(super) number: usize,
    /// What it means.
    pub(super) meaning: T,
}

impl<T> Phrases<T> {
    /// `phrases` have two bytes or more.
    pub(super) fn new(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let numbered = phrases.into_iter().enumerate();
        let phrase = |(number, (text, meaning)): (usize, (&'static str, T))| {
            Some(Phrase { begins: begins(text)?, text, number, meaning })
        };
        let mut sorted: Vec<Phrase<T>> = numbered.filter_map(phrase).collect();
        sorted.sort_by_key(|it| it.begins);
        Self { sorted }
    }

    /// Every phrase that `text` holds where a word may begin, in capitals or not, and where it begins.
    pub(super) fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, &'a Phrase<T>)> {
        let bytes = text.as_bytes();
        let is_start = |at: &usize| {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at));
            // A language without spaces between its words has no beginnings to look for.
            !before.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_')
                || bytes.get(*at).is_some_and(|it| !it.is_ascii())
        };
        (0..bytes.len()).filter(is_start).flat_map(move |at| {
            let found = text.get(at..).map_or(&[][..], |rest| self.beginning_as(rest));
            let fits = move |it: &&Phrase<T>| {
                let part = text.get(at..at + it.text.len());
                part.is_some_and(|part| part.eq_ignore_ascii_case(it.text))
            };
            found.iter().filter(fits).map(move |it| (at, it))
        })
    }

    /// The phrases with the first two bytes of `text`.
    fn beginning_as(&self, text: &str) -> &[Phrase<T>] {
        let Some(begins) = begins(text) else { return &[] };
        let from = self.sorted.partition_point(|it| it.begins < begins);
        let len = self.sorted.iter().skip(from).take_while(|it| it.begins == begins).count();
        self.sorted.get(from..from + len).unwrap_or_default()
    }
}

impl<T> Phrase<T> {
    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

/// The first two bytes, ASCII in lower case.
fn begins(text: &str) -> Option<[u8; 2]> {
    let first = text.as_bytes().first_chunk::<2>()?;
    Some(first.map(|it| it.to_ascii_lowercase()))
}
