//! `.groundplan/cache` from outside: whatever happened since, a run says what one without it says.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use super::program::{command, groundplan};
use crate::folder::Folder;

const CONCISE: [&str; 6] =
    ["check", "--output-format", "concise", "--quiet", "--select", "broken-link"];

/// More documents than are read without a cache, all of them written long ago; two have a finding.
fn workspace() -> Folder {
    let folder = Folder::empty();
    folder.write(".git/HEAD", b"ref: refs/heads/main\n");
    for at in 0..60 {
        folder.write(&format!("docs/{at:03}.md"), format!("# Part {at}\n").as_bytes());
    }
    folder.write("docs/007.md", b"# Part 7\n\n[notes](notes.txt)\n");
    folder.write("docs/008.md", b"# Part 8\n\n[other](009.md)\n[gone](gone.md)\n");
    (0..60).for_each(|at| settle(&folder, &format!("docs/{at:03}.md")));
    folder
}

/// Makes the last change of a file an old one.
fn settle(folder: &Folder, path: &str) {
    date(folder, path, SystemTime::now() - Duration::from_secs(3600));
}

fn date(folder: &Folder, path: &str, at: SystemTime) {
    let file = std::fs::File::options().append(true).open(folder.path().join(path));
    file.expect("a file").set_modified(at).expect("a date");
}

/// What a run says, which is what one says that remembers nothing.
fn found(folder: &Folder) -> String {
    let fresh = groundplan(folder.path(), &[&CONCISE[..], &["--no-cache"]].concat());
    let cached = groundplan(folder.path(), &CONCISE);
    assert_eq!(
        (cached.code, &cached.stdout, &cached.stderr),
        (fresh.code, &fresh.stdout, &fresh.stderr)
    );
    cached.stdout
}

/// Where findings lie, by document.
fn places(folder: &Folder) -> Vec<String> {
    let found = found(folder);
    found.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect()
}

/// The files of the cache whose names begin with `name`.
fn kept(folder: &Folder, name: &str) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder.path().join(".groundplan/cache")).expect("a cache");
    let all = all.map(|it| it.expect("an entry").path());
    all.filter(|it| it.file_name().is_some_and(|it| it.to_string_lossy().starts_with(name)))
        .collect()
}

#[test]
fn a_second_run_says_the_same_from_what_the_first_one_kept() {
    let folder = workspace();
    let first = places(&folder);
    assert_eq!(first, ["docs/007.md:3:1", "docs/008.md:4:1"]);
    assert_eq!(kept(&folder, "answer-").len(), 1);
    let kept_at =
        |path: &PathBuf| std::fs::metadata(path).expect("a file").modified().expect("a date");
    let before: Vec<SystemTime> = kept(&folder, "answer-").iter().map(kept_at).collect();
    assert_eq!(places(&folder), first);
    let after: Vec<SystemTime> = kept(&folder, "answer-").iter().map(kept_at).collect();
    assert_eq!(after, before, "the answer was made anew");
}

#[test]
fn documents_that_are_touched_edited_deleted_or_new_are_seen() {
    let folder = workspace();
    assert_eq!(places(&folder).len(), 2);
    date(&folder, "docs/008.md", SystemTime::now() - Duration::from_secs(60));
    assert_eq!(places(&folder), ["docs/007.md:3:1", "docs/008.md:4:1"], "touched");
    folder.write("docs/003.md", b"# Part 3\n\n[gone](lost.md)\n");
    assert_eq!(places(&folder).len(), 3, "edited");
    std::fs::remove_file(folder.path().join("docs/007.md")).expect("a document");
    assert_eq!(places(&folder), ["docs/003.md:3:1", "docs/008.md:4:1"], "deleted");
    folder.write("docs/gone.md", b"# Gone\n");
    assert_eq!(places(&folder), ["docs/003.md:3:1"], "new");
    std::fs::remove_file(folder.path().join("docs/009.md")).expect("a document");
    assert_eq!(places(&folder), ["docs/003.md:3:1", "docs/008.md:3:1"], "linked and deleted");
}

#[test]
fn an_edit_of_the_same_size_in_the_same_moment_is_seen() {
    let folder = workspace();
    let now = SystemTime::now();
    folder.write("docs/008.md", b"# Part 8\n\n[other](009.md)\n[gone](gone.md)\n");
    date(&folder, "docs/008.md", now);
    assert_eq!(places(&folder).len(), 2);
    folder.write("docs/008.md", b"# Part 8\n\n[other](009.md)\n[gone](007.md)\n");
    date(&folder, "docs/008.md", now);
    assert_eq!(places(&folder), ["docs/007.md:3:1"]);
}

#[test]
fn a_file_that_appears_or_goes_changes_the_answer_though_no_document_did() {
    let folder = workspace();
    assert_eq!(places(&folder).len(), 2);
    folder.write("docs/notes.txt", b"notes\n");
    assert_eq!(places(&folder), ["docs/008.md:4:1"]);
    assert_eq!(places(&folder), ["docs/008.md:4:1"]);
    std::fs::remove_file(folder.path().join("docs/notes.txt")).expect("a file");
    assert_eq!(places(&folder).len(), 2);
}

#[test]
fn a_changed_configuration_changes_the_answer() {
    let folder = workspace();
    assert!(found(&folder).contains("warning[broken-link]"));
    folder.write("groundplan.toml", b"[check.severity]\nbroken-link = \"info\"\n");
    assert!(found(&folder).contains("info[broken-link]"));
    folder.write("groundplan.toml", b"[check]\nexclude = [\"docs/008.md\"]\n");
    let _ = found(&folder);
    std::fs::remove_file(folder.path().join("groundplan.toml")).expect("a file");
    assert!(found(&folder).contains("warning[broken-link]"));
}

#[test]
fn one_name_in_two_folders_is_two_documents() {
    let folder = workspace();
    let second = folder.path().join("second");
    std::fs::create_dir(&second).expect("a folder");
    let long_ago = SystemTime::now() - Duration::from_secs(3600);
    for at in 0..60 {
        let name = format!("docs/{at:03}.md");
        let other = format!("second/{name}");
        folder.write(&other, format!("# Sort {at}\n").as_bytes());
        date(&folder, &name, long_ago);
        date(&folder, &other, long_ago);
    }
    let run =
        |folder: &std::path::Path| groundplan(folder, &[&CONCISE[..], &["docs"]].concat()).stdout;
    assert_eq!(run(folder.path()).lines().count(), 2);
    assert_eq!(run(&second), "");
    assert_eq!(run(folder.path()).lines().count(), 2);
}

#[test]
fn a_broken_cache_is_none() {
    let folder = workspace();
    let whole = found(&folder);
    for harm in [truncate, flip, empty] {
        let files = [kept(&folder, "check-"), kept(&folder, "answer-")].concat();
        assert!(files.len() > 2, "{files:?}");
        for path in &files {
            let bytes = std::fs::read(path).expect("a file of the cache");
            std::fs::write(path, harm(bytes)).expect("a file of the cache");
        }
        assert_eq!(found(&folder), whole);
        // Without the answer the parts are asked.
        kept(&folder, "answer-").iter().for_each(|it| std::fs::remove_file(it).expect("a file"));
        assert_eq!(found(&folder), whole);
    }
}

fn truncate(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn flip(mut bytes: Vec<u8>) -> Vec<u8> {
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    bytes
}

fn empty(_: Vec<u8>) -> Vec<u8> {
    Vec::new()
}

#[test]
fn runs_at_the_same_time_do_not_disturb_one_another() {
    let folder = workspace();
    let start = |_| {
        let mut command = command(folder.path(), &CONCISE);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let runs: Vec<_> = (0..4).map(start).collect();
    let said = runs.into_iter().map(|run| run.wait_with_output().expect("it ends").stdout);
    let said: Vec<String> = said.map(|it| String::from_utf8(it).expect("text")).collect();
    let alone = found(&folder);
    assert!(said.iter().all(|it| *it == alone), "{said:?}");
    assert_eq!(kept(&folder, "answer-").len(), 1);
}

#[test]
fn the_cache_lies_where_the_configuration_says() {
    let folder = workspace();
    folder.write("groundplan.toml", b"[cache]\ndir = \"made/known\"\n");
    let first = found(&folder);
    let made = folder.path().join("made/known");
    let names = |path: &std::path::Path| {
        let all = std::fs::read_dir(path).expect("a cache").map(|it| it.expect("an entry"));
        all.map(|it| it.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
    };
    assert!(names(&made).iter().any(|it| it.starts_with("answer-")), "{:?}", names(&made));
    assert!(names(&made).contains(&".gitignore".to_owned()), "{:?}", names(&made));
    assert!(!folder.path().join(".groundplan/cache").exists());
    assert_eq!(found(&folder), first);
    folder.write("groundplan.toml", b"[cache]\ndir = \"kept\"\n");
    folder.write("kept/other.txt", b"mine");
    date(&folder, "kept/other.txt", SystemTime::now() - Duration::from_secs(90 * 24 * 3600));
    assert_eq!(found(&folder), first);
    let left = names(&folder.path().join("kept"));
    assert!(left.contains(&"other.txt".to_owned()), "{left:?}");
    assert!(!left.contains(&".gitignore".to_owned()), "{left:?}");
}
