//! Boxes drawn with lines: the first words in a box are its name.

const CORNERS: [char; 4] = ['┌', '╔', '╭', '+'];
const SIDES: [char; 5] = ['│', '║', '┃', '|', '├'];
const LINES: [char; 11] = ['─', '═', '-', '=', '┬', '┴', '┼', '╦', '╩', '╪', '▼'];
/// Longer drawings are cut here.
const LIMIT_ROWS: usize = 400;

/// The names of all boxes, by row and column of their upper left corner.
pub(super) fn nodes(text: &str) -> Vec<String> {
    let rows: Vec<&str> = text.lines().take(LIMIT_ROWS).collect();
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let below = rows.get(at + 1..).unwrap_or(&[]);
        for (place, corner) in row.match_indices(CORNERS) {
            let (before, rest) = row.split_at(place);
            let line = rest.strip_prefix(corner).unwrap_or("");
            if is_line(line, corner) {
                let column = before.chars().count();
                found.extend(title(line).or_else(|| name(below, column)));
            }
        }
    }
    found
}

/// Whether a line is drawn on from a corner. A plus is one only before dashes.
fn is_line(line: &str, corner: &str) -> bool {
    match corner {
        "+" => line.starts_with(['-', '=']),
        _ => line.starts_with(LINES),
    }
}

/// The words in the upper line itself: `┌─ Gateway ─┐`.
fn title(line: &str) -> Option<String> {
    let inner = line.split(['┐', '╗', '╮', '+']).next()?;
    if !inner.contains(char::is_alphabetic) {
        return None;
    }
    let words: String = inner.chars().filter(|c| !LINES.contains(c)).collect();
    Some(words.trim().to_owned())
}

/// The first words below a corner, up to the next side.
fn name(below: &[&str], column: usize) -> Option<String> {
    for row in below {
        let (at, side) = row.char_indices().nth(column)?;
        if !SIDES.contains(&side) {
            return None;
        }
        let inner = row.get(at + side.len_utf8()..)?;
        let words = inner.get(..inner.find(|c| SIDES.contains(&c) || c == '┤')?)?.trim();
        if words.contains(char::is_alphabetic) {
            let is_box = words.contains(['┌', '└', '─', '╔', '╚', '│', '▶', '▼']);
            return (!is_box).then(|| words.to_owned());
        }
    }
    None
}
