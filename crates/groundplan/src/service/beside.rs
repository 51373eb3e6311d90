//! Documents that may define the tables of a document: those that it links to, and those of its
//! chain.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use groundplan_model::paths::{are_together, resolve};
use groundplan_model::{Chains, Document, links};

use crate::config::Configs;
use crate::disk::{find, parent, printed, workspace_root};
use crate::load::{Loaded, load_with};

/// Neighbours that are read at most: a document of a chain lies among few.
const MOST: usize = 500;

/// What is linked from the document at `target`, then the others of its chain. What can't be read
/// defines nothing.
pub(super) fn beside(target: &Path, document: &Document) -> Vec<Document> {
    let linked = linked(document);
    let paths: BTreeSet<PathBuf> = linked.iter().cloned().chain(together(target)).collect();
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    let Ok(mut loaded) = load_with(&paths, None, Arc::default()) else { return Vec::new() };
    let firsts: Vec<usize> = linked.iter().filter_map(|it| loaded.index_of(it)).collect();
    let chain = chain(target, &loaded);
    let mut found: Vec<usize> = Vec::new();
    for index in firsts.into_iter().chain(chain) {
        if !found.contains(&index) && Some(index) != loaded.index_of(target) {
            found.push(index);
        }
    }
    let mut documents: Vec<Option<Document>> = loaded.documents.drain(..).map(Some).collect();
    found.into_iter().filter_map(|index| documents.get_mut(index)?.take()).collect()
}

/// Documents that a link or the block about its sources names, in their order.
fn linked(document: &Document) -> Vec<PathBuf> {
    let own = document.source.path();
    let links = document.links.iter().filter_map(|it| Some(links::local(&it.target)?.path));
    let sources = document.provenance.iter().flat_map(|it| &it.sources).map(|it| it.path.clone());
    let is_document =
        |path: &PathBuf| path.extension().is_some_and(|it| it == "md") && path.is_file();
    let paths = links.chain(sources).filter(|it| !it.is_empty());
    paths.map(|it| PathBuf::from(resolve(own, &it))).filter(is_document).collect()
}

/// Documents that lie so that they may be of one chain with that at `target`, and itself.
fn together(target: &Path) -> Vec<PathBuf> {
    let folder = parent(target);
    // Nothing above the workspace is looked at.
    let area = if is_same(&workspace_root(&folder), &folder) { folder } else { parent(&folder) };
    let own = printed(target);
    let found = find(&[area], None, &Configs::default()).map(|it| it.places).unwrap_or_default();
    let near = found.into_iter().filter(|it| are_together(&own, &it.name)).map(|it| it.path);
    near.take(MOST).chain([target.to_owned()]).collect()
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
}

fn chain(target: &Path, loaded: &Loaded) -> Vec<usize> {
    let Some(own) = loaded.index_of(target) else { return Vec::new() };
    let chains = Chains::of(&loaded.documents);
    let members = chains.chain_of(own).into_iter().flat_map(|it| &it.members);
    members.map(|it| it.index).collect()
}
