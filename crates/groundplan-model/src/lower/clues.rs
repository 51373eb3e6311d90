//! Words without which a reader has nothing to do, found for all readers in one look over the text.
//! A reader whose words are rare asks here first, and most documents have none of them.

use std::sync::LazyLock;

use super::prose::Triggers;
use super::scan::Words;

macro_rules! clues {
    ($($(#[$about:meta])* $name:ident = [$($word:literal),*];)*) => {
        /// What words lead to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Clue { $($(#[$about])* $name,)* }

        const WORDS: &[(Clue, &str)] = &[$($((Clue::$name, $word),)*)*];
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
        "emoved after", "xpire", "older than"
    ];
    /// Answers in the sketch of a contract.
    Contract = ["Response ", "Responses ", "HTTP "];
    /// Places that nobody filled in.
    Placeholders = [
        "(placeholder", "(Placeholder", "TBD", "TODO", "YYYY", "NEEDS CLARIFICATION", "$ARGUMENTS"
    ];
    /// What tells a base path.
    Bases = ["ase ", "API base", "refix", "elative to", "live under", "are under", "ASE "];
    /// Answers that are kept for a while.
    Caches = ["ache", "TTL", "ttl"];
    /// How a change is taken back.
    Rollback = ["ollback ", "ollback:"];
}

static FINDER: LazyLock<Words> =
    LazyLock::new(|| Words::new(&WORDS.iter().map(|(_, word)| *word).collect::<Vec<_>>()));

/// The places of all clues of a document.
#[derive(Default)]
pub(super) struct Clues(Vec<(Clue, usize)>);

impl Clues {
    pub(super) fn find(text: &str) -> Self {
        let found = FINDER.find(text);
        let told = found.filter_map(|it| Some((WORDS.get(it.pattern().as_usize())?.0, it.start())));
        Self(told.collect())
    }

    /// Where words of `clue` stand.
    pub(super) fn of(&self, clue: Clue) -> Triggers {
        Triggers::at(self.0.iter().filter(|it| it.0 == clue).map(|it| it.1))
    }
}
