//! Requirements of a document that is YAML in a block: `- id: BR-001` in a list of them.

use super::super::ids::{self, Id};
use super::super::{Fence, Reading};
use crate::profile::Kind;

/// Ids of the entries of YAML blocks, in documents that are about requirements.
pub(super) fn read<'a>(reading: &Reading<'a>) -> Vec<(Id<'a>, String)> {
    let kind = reading.document.classification.kind;
    if !matches!(kind, Kind::Requirements | Kind::Prd) {
        return Vec::new();
    }
    let is_yaml = |fence: &&Fence| matches!(reading.language(**fence).as_ref(), "yaml" | "yml");
    reading.fences.iter().filter(is_yaml).flat_map(|fence| entries(reading, *fence)).collect()
}

fn entries<'a>(reading: &Reading<'a>, fence: Fence) -> Vec<(Id<'a>, String)> {
    let mut found = Vec::new();
    let mut at = fence.content.start as usize;
    for line in reading.text.get(fence.content.range()).unwrap_or("").split_inclusive('\n') {
        let body =
            line.trim_start().strip_prefix("- id:").map(|it| it.trim_start_matches([' ', '"']));
        let id = body.and_then(|body| ids::at_start(body, at + line.len() - body.len()));
        found.extend(id.filter(|id| id.is_known()).map(|id| (id, String::new())));
        at += line.len();
    }
    found
}
