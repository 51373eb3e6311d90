//! Generated design documents: as long and as mixed as those that people keep, and the same on every
//! machine. Document `i` is a function of `i` alone, so a smaller corpus is the beginning of a
//! larger one.
//!
//! Five kinds of documents for each feature; headings, prose, tables, SQL, JSON, code, lists, boxes
//! and links between documents. One in fifty has a fault.

mod document;
mod sections;
mod words;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use document::Document;

/// `corpus FOLDER NUMBER`: writes the documents, for those who want to look at them.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let [folder, number] = args else { anyhow::bail!("usage: corpus FOLDER NUMBER") };
    let bytes = write(Path::new(folder), number.parse().context("NUMBER is not a number")?)?;
    println!("{number} documents, {bytes} bytes");
    Ok(())
}

/// Writes the first `number` documents under `folder`; how many bytes they have together.
pub(crate) fn write(folder: &Path, number: usize) -> Result<usize> {
    let mut bytes = 0;
    for index in 0..number {
        let document = Document::new(index);
        let path = folder.join(document.path());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        let text = document.text();
        bytes += text.len();
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::document::Document;

    #[test]
    fn a_document_is_the_same_every_time() {
        for index in [0, 7, 23] {
            assert_eq!(Document::new(index).text(), Document::new(index).text());
        }
    }

    #[test]
    fn documents_have_about_15_kb() {
        let sizes: usize = (0..200).map(|index| Document::new(index).text().len()).sum();
        assert!((13_000..17_000).contains(&(sizes / 200)), "{}", sizes / 200);
    }

    #[test]
    fn no_two_documents_have_one_path() {
        let paths: std::collections::BTreeSet<String> =
            (0..500).map(|index| Document::new(index).path()).collect();
        assert_eq!(paths.len(), 500);
    }
}
