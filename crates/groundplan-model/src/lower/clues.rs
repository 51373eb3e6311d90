//! Words without which a reader has nothing to do, found for all readers in a few looks over the
//! text. A reader whose words are rare asks here first, and most documents have none of them.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use groundplan_syntax::Span;

use super::prose::Triggers;
use super::scan::Words;

macro_rules! clues {
    ($($(#[$about:meta])* $name:ident = [$($word:literal),* $(,)?];)*) => {
        /// What words lead to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Clue { $($(#[$about])* $name,)* }

        const CLUES: &[(Clue, &[&str])] = &[$((Clue::$name, &[$($word),*]),)*];
    };
}

// Words stand here as all their cases have them: "ecision" for "Decision" and "decision".
clues! {
    /// Labels of decisions.
    Decisions = ["ecision", "hosen", "hoice"];
    /// STRIDE's six names.
    Stride = ["poofing", "ampering", "epudiation", "isclosure", "enial of ", "rivilege"];
    /// What speaks of keeping.
    Retention = [
        "etention", "etained for", "ept for", "eep ", "tored for", "eleted after", "urged after",
        "emoved after", "xpire", "older than",
    ];
    /// Answers in the sketch of a contract.
    Contract = ["Response ", "Responses ", "HTTP "];
    /// Places that nobody filled in.
    Placeholders = [
        "(placeholder", "(Placeholder", "TBD", "TODO", "YYYY", "NEEDS CLARIFICATION", "$ARGUMENTS",
    ];
    /// What tells a base path.
    Bases = ["ase ", "API base", "refix", "elative to", "live under", "are under", "ASE "];
    /// Answers that are kept for a while.
    Caches = ["ache", "TTL", "ttl"];
    /// Headers on which clients build.
    PromisedHeaders = ["ETag", "Etag", "etag", "dempotency-", "X-Cache", "x-cache"];
    /// How work in the background is tried.
    JobTerms = [
        "etries", "etried", "etry ", "RETRIES", "RETRY", "ttempts", "ATTEMPTS", "ackoff",
        "BACKOFF", "imeout", "TIMEOUT", "ime limit", "imes out", "ime out", "ay take",
        "ay run",
    ];
    /// How a change is taken back.
    Rollback = ["ollback ", "ollback:"];
    /// Methods of endpoints.
    Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    /// What speaks of environment variables.
    Environment = [
        "env", "Env", "ENV", "eNv", "eNV", "enV", "EnV", "ENv", "環境変数", "환경 변수",
    ];
    /// Keys of a method on a line of its own.
    MethodKeys = ["ethod", "ETHOD", "erb", "ERB"];
    /// Words before a requirement's number in a sentence.
    Requirements = ["equirement ", "equirements ", "要件", "요구사항 "];
    /// What a task's requirements stand behind.
    Listed = ["_Requirements:"];
    /// Comments of HTML.
    Comments = ["<!--"];
    /// Ends of names of Markdown files.
    MarkdownFiles = [".md"];
}

/// As many words as one look finds at the speed of one.
const TOGETHER: usize = 32;

/// Words that are shorter slow down the longer ones that are looked for with them.
const SHORT: usize = 4;

/// Clues that are looked for together.
#[derive(Default)]
struct Group {
    is_short: bool,
    words: Vec<&'static str>,
    /// The clue of each word.
    clues: Vec<Clue>,
}

static GROUPS: LazyLock<Vec<(Words, Vec<Clue>)>> =
    LazyLock::new(|| groups().into_iter().map(|it| (Words::new(&it.words), it.clues)).collect());

/// All words of a clue are in one group: they are found in the order of the text.
fn groups() -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (clue, words) in CLUES {
        let is_short = words.iter().any(|it| it.len() < SHORT);
        let fits = |it: &Group| it.is_short == is_short && it.words.len() + words.len() <= TOGETHER;
        let at = groups.iter().position(fits).unwrap_or(groups.len());
        if at == groups.len() {
            groups.push(Group { is_short, ..Group::default() });
        }
        if let Some(group) = groups.get_mut(at) {
            group.words.extend(*words);
            group.clues.extend(words.iter().map(|_| *clue));
        }
    }
    groups
}

/// The places of all clues of a document, a list a clue.
pub(super) struct Clues([Vec<Span>; CLUES.len()]);

impl Clues {
    pub(super) fn find(text: &str) -> Self {
        let mut found = Self([const { Vec::new() }; CLUES.len()]);
        for (words, clues) in GROUPS.iter() {
            for (word, place) in words.find(text) {
                let clue = clues.get(word);
                if let Some(places) = clue.and_then(|it| found.0.get_mut(*it as usize)) {
                    places.push(place);
                }
            }
        }
        found
    }

    /// The words of `clue` in the text, in order.
    pub(super) fn places(&self, clue: Clue) -> &[Span] {
        self.0.get(clue as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a word of `clue` begins in `span`.
    pub(super) fn any_in(&self, clue: Clue, span: Span) -> bool {
        let places = self.places(clue);
        let first = places.partition_point(|it| it.start < span.start);
        places.get(first).is_some_and(|it| it.start < span.end)
    }

    /// Where words of `clue` stand.
    pub(super) fn of(&self, clue: Clue) -> Triggers {
        Triggers::at(self.places(clue).iter().map(|it| it.start as usize))
    }
}
