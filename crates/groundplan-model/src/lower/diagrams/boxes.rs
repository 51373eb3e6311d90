//! Boxes drawn with lines: the first words in a box are its name.

const CORNERS: [char; 4] = ['┌', '╔', '╭', '+'];
const SIDES: [char; 5] = ['│', '║', '┃', '|', '├'];
const LINES: [char; 12] = ['─', '═', '-', '=', '┬', '┴', '┼', '╦', '╩', '╪', '▼', '┐'];
/// Wider and longer drawings are cut here.
const LIMIT_ROWS: usize = 400;

/// The names of all boxes, by row and column of their upper left corner.
pub(super) fn nodes(text: &str) -> Vec<String> {
    let rows: Vec<Vec<char>> =
        text.lines().take(LIMIT_ROWS).map(|line| line.chars().collect()).collect();
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let corners = row.iter().enumerate().filter(|(_, c)| CORNERS.contains(c));
        for (column, corner) in corners {
            let next = row.get(column + 1).copied().unwrap_or(' ');
            if is_line(next, *corner) {
                let titled = title(row, column);
                found.extend(titled.or_else(|| name(rows.get(at + 1..)?, column)));
            }
        }
    }
    found
}

/// Whether `next` draws on from a corner. A plus is one only before dashes.
fn is_line(next: char, corner: char) -> bool {
    match corner {
        '+' => matches!(next, '-' | '='),
        _ => LINES.contains(&next) && next != '┐',
    }
}

/// The words in the upper line itself: `┌─ Gateway ─┐`.
fn title(row: &[char], column: usize) -> Option<String> {
    let line = row.get(column + 1..)?.iter();
    let inner = line.take_while(|c| !matches!(c, '┐' | '╗' | '╮' | '+'));
    let words: String = inner.filter(|c| !LINES.contains(c)).collect();
    let words = words.trim();
    words.contains(char::is_alphabetic).then(|| words.to_owned())
}

/// The first words below a corner, up to the next side.
fn name(below: &[Vec<char>], column: usize) -> Option<String> {
    for row in below {
        if !row.get(column).is_some_and(|c| SIDES.contains(c)) {
            return None;
        }
        let inner = row.get(column + 1..)?;
        let end = inner.iter().position(|c| SIDES.contains(c) || *c == '┤')?;
        let words: String = inner.get(..end)?.iter().collect();
        let words = words.trim();
        if words.contains(char::is_alphabetic) {
            let is_box = words.contains(['┌', '└', '─', '╔', '╚', '│', '▶', '▼']);
            return (!is_box).then(|| words.to_owned());
        }
    }
    None
}
