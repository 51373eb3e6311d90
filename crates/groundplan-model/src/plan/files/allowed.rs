//! How large files may be and of which types: from sentences and from constants.

/// Words for media types, the longer of two first.
const TYPES: [(&str, &str); 24] = [
    ("plain text", "text/plain"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
    ("tiff", "image/tiff"),
    ("heic", "image/heic"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("markdown", "text/markdown"),
    ("zip", "application/zip"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("mp3", "audio/mpeg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("images", "image/*"),
];

const KINDS: [&str; 5] = ["application/", "image/", "text/", "audio/", "video/"];
const UNITS: [(&str, u64); 8] = [
    ("bytes", 1),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("megabytes", 1_000_000),
];
const LIMITS: [&str; 11] = [
    "at most",
    "up to",
    "max",
    "limit",
    "larger than",
    "no more",
    "exceed",
    "not more",
    "bigger",
    "below",
    "≤",
];
const ALLOWS: [&str; 6] = ["allow", "accept", "support", "permitted", "types", "formats"];
/// Words that mean it in the endpoint's own section, and much else elsewhere.
const ALLOWS_HERE: [&str; 2] = ["only", "can be"];

/// The largest size that a text states for files. Where `noun` is given the text is about other
/// things too: a sentence must then be about files, or about what `noun` names.
pub(super) fn limit(text: &str, noun: Option<&str>) -> Option<u64> {
    let by_sentence = sentences(text).filter(|it| is_about_files(it, noun)).find_map(|sentence| {
        let limits = LIMITS.iter().any(|it| sentence.contains(it));
        let from = ["file", "upload", "attachment"].iter().filter_map(|it| sentence.find(it)).min();
        // Of two sizes in one sentence the one behind the file is its own.
        let behind = from.and_then(|at| sentence.get(at..)).and_then(size);
        if limits { behind.or_else(|| size(&sentence)) } else { None }
    });
    by_sentence.or_else(|| text.lines().find_map(constant))
}

/// The media types that a text allows for files; `noun` as in [`limit`].
pub(super) fn types(text: &str, noun: Option<&str>) -> Option<Vec<String>> {
    let stated = sentences(text).filter(|it| {
        let here = ALLOWS_HERE.iter().filter(|_| noun.is_none());
        let allows = ALLOWS.iter().chain(here).any(|word| it.contains(word));
        let allows = allows && !it.contains(" not ");
        let is_constant = it.contains("allowed_") && (it.contains('=') || it.contains(':'));
        is_constant || allows && is_about_files(it, noun)
    });
    stated.map(|it| types_in(&it)).find(|it| !it.is_empty())
}

/// The sentences of a text, and the lines of its code, in lower case.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    let parts = text.lines().flat_map(|line| line.split("; "));
    parts.flat_map(|part| part.split(". ")).map(str::to_lowercase)
}

fn is_about_files(sentence: &str, noun: Option<&str>) -> bool {
    let Some(noun) = noun else { return true };
    ["file", "upload", "attachment", noun].iter().any(|it| sentence.contains(it))
}

/// `10 MB`, `1.5 MiB`, `10,000,000 bytes`.
fn size(sentence: &str) -> Option<u64> {
    let mut words = sentence.split([' ', '(', ')', '|', '`', ';', '*']).filter(|it| !it.is_empty());
    let mut before = "";
    words.find_map(|word| {
        let word = word.trim_end_matches(['.', ',', ':']);
        let digits = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
        let (own, unit) = word.split_at(digits);
        let number = if own.is_empty() { std::mem::replace(&mut before, word) } else { own };
        let factor = UNITS.iter().find(|(name, _)| *name == unit)?.1;
        bytes(number, factor)
    })
}

fn bytes(number: &str, factor: u64) -> Option<u64> {
    let plain = number.trim_start_matches(['<', '≤', '=']).replace([',', '_'], "");
    if let Ok(whole) = plain.parse::<u64>() {
        return whole.checked_mul(factor).filter(|it| *it > 0);
    }
    let (whole, part) = plain.split_once('.')?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(factor)?;
    let tenth = part.chars().next()?.to_digit(10)?;
    whole.checked_add(factor / 10 * u64::from(tenth)).filter(|it| *it > 0)
}

/// `FILE_LIMIT_BYTES = 10_000_000`, `MAX_UPLOAD_SIZE = 5 * 1024 * 1024`, `MAX_FILE_MB: 25`.
fn constant(line: &str) -> Option<u64> {
    let (name, value) = line.split_once(['=', ':'])?;
    let name = name.trim().to_lowercase();
    let is_it = (name.contains("file") || name.contains("upload"))
        && (name.contains("max") || name.contains("limit"));
    let value = value.trim().trim_end_matches([';', ',']).replace('_', "");
    let factors: Option<Vec<u64>> =
        value.split('*').map(|it| it.trim().parse::<u64>().ok()).collect();
    let unit = UNITS.iter().find(|(unit, _)| name.ends_with(unit)).map_or(1, |it| it.1);
    let factors = factors.filter(|_| is_it && !name.contains(' '))?;
    let product = factors.into_iter().try_fold(unit, u64::checked_mul)?;
    Some(product).filter(|it| *it > 0)
}

fn types_in(sentence: &str) -> Vec<String> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let is_letter = |c: char| c.is_alphanumeric();
    for (word, media_type) in TYPES {
        for (at, _) in sentence.match_indices(word) {
            let before = sentence.get(..at).and_then(|it| it.chars().next_back());
            let after = sentence.get(at + word.len()..).and_then(|it| it.chars().next());
            let is_alone = !before.is_some_and(|c| is_letter(c) || c == '/')
                && !after.is_some_and(|c| is_letter(c) || c == '/');
            if is_alone {
                found.push((at, media_type.to_owned()));
            }
        }
    }
    for kind in KINDS {
        for (at, _) in sentence.match_indices(kind) {
            let rest = sentence.get(at..).unwrap_or_default();
            let fits = |c: char| c.is_ascii_alphanumeric() || "/+.-*".contains(c);
            let end = rest.find(|c| !fits(c)).unwrap_or(rest.len());
            let media_type = rest.get(..end).unwrap_or_default().trim_end_matches(['.', '-']);
            if media_type.len() > kind.len() {
                found.push((at, media_type.to_owned()));
            }
        }
    }
    found.sort();
    let mut types = Vec::new();
    for (_, media_type) in found {
        if !types.contains(&media_type) {
            types.push(media_type);
        }
    }
    types
}
