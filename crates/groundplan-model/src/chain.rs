//! Chains: the documents of one feature, from what is wanted to the tasks.
//!
//! Documents belong together by what a reader goes by: the number and the name in their file names,
//! a folder of their own, the block that says what a document was made from, or a header field that
//! links to one. Pure, and the same for the same documents.

mod evidence;
mod groups;
mod linkable;
mod name;
mod stage;

pub use linkable::Linkable;
pub(crate) use linkable::header_links;
pub use stage::Stage;

use crate::paths::folder;
use groups::Groups;
use name::Name;

/// The documents of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The number that its documents or their folder begin with: `001`, `CBIN-135`.
    pub number: Option<String>,
    /// Its name, as the files or their folder spell it; blanks for hyphens and underscores.
    pub name: String,
    /// The folder above all of its documents.
    pub folder: String,
    /// Its documents, from what is wanted to the tasks; then by path.
    pub members: Vec<Member>,
}

/// A document of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its place in the list of documents that the chains were made of.
    pub index: usize,
    /// What it is for in the chain.
    pub stage: Stage,
    /// Why it belongs to the chain; `None` for a chain's only document.
    pub evidence: Option<Evidence>,
}

/// Why two documents belong together, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// One says that it was made from the other.
    Provenance,
    /// Their file names have one number.
    Number,
    /// Their file names have one name.
    Name,
    /// They lie in a folder of their own.
    Folder,
    /// A header field of one links to the other.
    Header,
}

impl Evidence {
    /// The evidence in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provenance => "provenance",
            Self::Number => "number",
            Self::Name => "name",
            Self::Folder => "folder",
            Self::Header => "header",
        }
    }
}

/// All chains of a set of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chains {
    /// The chains, by folder, number and name.
    pub chains: Vec<Chain>,
    /// Documents of no chain, by path: decision records, notes.
    pub others: Vec<usize>,
}

impl Chains {
    /// The chains of `documents`, which are sorted by path.
    pub fn of<T: Linkable>(documents: &[T]) -> Self {
        let names: Vec<Name> = documents.iter().map(|it| Name::of(it.path())).collect();
        let mut groups = Groups::new(documents.len());
        evidence::by_name(documents, &names, &mut groups);
        evidence::by_folder(documents, &names, &mut groups);
        evidence::by_links(documents, &names, &mut groups);
        let mut found = Self::default();
        for members in groups.all() {
            let is_chain = members.iter().any(|it| stage(documents, *it) != Stage::Supporting);
            match is_chain {
                true => found.chains.push(chain(documents, &names, &groups, &members)),
                false => found.others.extend(members),
            }
        }
        found.chains.sort_by(|one, other| place(one).cmp(&place(other)));
        found.others.sort_unstable();
        found
    }

    /// The chain of the document at `index`.
    pub fn chain_of(&self, index: usize) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.members.iter().any(|it| it.index == index))
    }
}

fn place(chain: &Chain) -> (&str, usize, &Option<String>, String) {
    // `9` comes before `10`.
    let digits = chain.number.as_deref().unwrap_or("").len();
    (&chain.folder, digits, &chain.number, chain.name.to_lowercase())
}

fn stage<T: Linkable>(documents: &[T], index: usize) -> Stage {
    documents.get(index).map_or(Stage::Supporting, |it| Stage::of_kind(it.kind()))
}

fn chain<T: Linkable>(
    documents: &[T],
    names: &[Name],
    groups: &Groups,
    members: &[usize],
) -> Chain {
    let mut found: Vec<Member> = members
        .iter()
        .map(|&index| {
            let evidence = groups.evidence(index);
            Member { index, stage: stage(documents, index), evidence }
        })
        .collect();
    found.sort_by_key(|member| (member.stage, member.index));
    let titles = found.iter().filter_map(|member| documents.get(member.index)?.title());
    let own = found.iter().filter_map(|member| names.get(member.index));
    let number = own.clone().find_map(|name| name.shown_number());
    let shown = if members.len() == 1 { Name::shown_alone } else { Name::shown };
    let name = own.clone().map(shown).find(|name| !name.is_empty());
    let title = || titles.clone().map(str::to_owned).next();
    let name = name.or_else(title).or_else(|| own.clone().map(|it| it.stem.clone()).next());
    let name = name.unwrap_or_default();
    Chain { number, name, folder: common_folder(documents, members), members: found }
}

/// The folder above all of these documents.
fn common_folder<T: Linkable>(documents: &[T], members: &[usize]) -> String {
    let mut folders = members.iter().filter_map(|it| documents.get(*it)).map(|it| {
        let path = folder(it.path());
        path.split('/').collect::<Vec<_>>()
    });
    let mut common = folders.next().unwrap_or_default();
    for parts in folders {
        let same = common.iter().zip(&parts).take_while(|(one, other)| one == other).count();
        common.truncate(same);
    }
    common.join("/")
}

#[cfg(test)]
mod tests;
