//! The files of a case in a folder, and what the program says of them.

use groundplan_syntax::Source;

use super::case::Fence;
use crate::folder::Folder;

pub(super) struct Scene {
    folder: Folder,
    documents: Vec<Source>,
}

impl Scene {
    pub(super) fn with(files: &[Fence]) -> Self {
        let folder = Folder::empty();
        let mut documents = Vec::new();
        for (index, fence) in files.iter().enumerate() {
            let path = fence.option("path").map_or(format!("{}.md", index + 1), str::to_owned);
            folder.write(&path, &fence.bytes());
            documents.push(Source::from_bytes(&path, fence.bytes()));
        }
        Self { folder, documents }
    }

    /// The document that a question is about: the one that it names, or the first.
    pub(super) fn document(&self, question: &Fence) -> &Source {
        let is_it = |it: &&Source| question.option("path").is_none_or(|path| it.path() == path);
        self.documents.iter().find(is_it).expect("the question names a file of the case")
    }

    /// What `groundplan ARGUMENTS PATH` prints, with paths as they are in the case. An empty path
    /// is the whole folder.
    pub(super) fn groundplan(&self, arguments: &[&str], path: &str) -> String {
        let words = std::iter::once("groundplan").chain(arguments.iter().copied());
        let words = words.map(str::to_owned).chain([self.folder.full(path)]);
        let output = groundplan::capture(words);
        let folder = self.folder.full("");
        let text = format!("{}{}", output.stdout, output.stderr).replace(&folder, "");
        let lines = text.lines().map(|line| format!("{}\n", line.trim_end()));
        lines.collect::<String>().trim_start_matches('\n').to_owned()
    }

    /// The text of a document as it stands now.
    pub(super) fn read(&self, document: &Source) -> String {
        let path = self.folder.full(document.path());
        std::fs::read_to_string(path).expect("the document is still there")
    }
}
