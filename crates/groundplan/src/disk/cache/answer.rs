//! The answer of a whole run, kept while nothing changes: then nothing is linked, and no outline is
//! decoded.
//!
//! It holds for the very same documents by name and stamp, and while every file that somebody asked
//! for is still there, or still is not. Any doubt, and the run does its work.

use groundplan_analysis::Suppressed;
use groundplan_model::Diagnostic;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Cache;
use crate::disk::Files;
use crate::findings::Found;
use crate::units::records;

/// Findings that are encoded together: enough pieces for every processor.
const PIECE: usize = 4096;

#[derive(Serialize, Deserialize)]
struct Answer {
    /// Of the documents: names and stamps; and of what was approved.
    documents: u64,
    /// Paths that were asked for, and whether something was there.
    files: Vec<(String, bool)>,
    /// Findings, then those that comments suppress: how many bytes each piece has.
    pieces: Vec<usize>,
    suppressed: Vec<usize>,
    reasons: Vec<Option<String>>,
}

impl Cache {
    /// The answer of the last run about these documents, where it still holds.
    pub(crate) fn answer(&self, documents: u64) -> Option<Found> {
        let bytes = super::sealed::read(&self.answer_file()?)?;
        let (answer, rest) = postcard::take_from_bytes::<Answer>(&bytes).ok()?;
        if answer.documents != documents || !Files::are_still(&answer.files) {
            return None;
        }
        let of_suppressed =
            answer.pieces.iter().try_fold(0_usize, |all, it| all.checked_add(*it))?;
        let (findings, suppressed) = rest.split_at_checked(of_suppressed)?;
        let findings = decoded(findings, &answer.pieces)?;
        let suppressed = decoded(suppressed, &answer.suppressed)?;
        let pairs = suppressed.into_iter().zip(answer.reasons);
        let suppressed = pairs.map(|(finding, reason)| Suppressed { finding, reason }).collect();
        Some(Found { findings, suppressed })
    }

    /// Keeps the answer about these documents.
    pub(crate) fn keep_answer(&self, documents: u64, files: &Files, found: &Found) -> Option<()> {
        let path = self.answer_file().filter(|_| self.is_writable())?;
        let (pieces, mut rest) = encoded(found.findings.iter().collect())?;
        let (suppressed, mut more) =
            encoded(found.suppressed.iter().map(|it| &it.finding).collect())?;
        let reasons = found.suppressed.iter().map(|it| it.reason.clone()).collect();
        let files = files.asked();
        let answer = Answer { documents, files, pieces, suppressed, reasons };
        let mut bytes = postcard::to_stdvec(&answer).ok()?;
        bytes.append(&mut rest);
        bytes.append(&mut more);
        super::sealed::write(&path, bytes);
        Some(())
    }
}

fn encoded(findings: Vec<&Diagnostic>) -> Option<(Vec<usize>, Vec<u8>)> {
    let pieces = findings.par_chunks(PIECE).map(records::encoded);
    let pieces = pieces.collect::<Option<Vec<Vec<u8>>>>()?;
    Some((pieces.iter().map(Vec::len).collect(), pieces.concat()))
}

fn decoded(mut bytes: &[u8], lengths: &[usize]) -> Option<Vec<Diagnostic>> {
    let mut pieces = Vec::with_capacity(lengths.len());
    for length in lengths {
        let (piece, rest) = bytes.split_at_checked(*length)?;
        pieces.push(piece);
        bytes = rest;
    }
    let pieces = pieces.into_par_iter().map(records::decoded);
    Some(pieces.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}
