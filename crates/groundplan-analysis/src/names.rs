//! Names that are nearly the same.

/// The candidate that `name` is most probably a misspelling of.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = name.to_lowercase();
    let limit = name.chars().count() / 3;
    let scored = candidates.into_iter().map(|it| (distance(&name, &it.to_lowercase(), limit), it));
    let near = scored.filter_map(|(distance, it)| Some((distance?, it)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, it)| it)
}

/// How many letters have to be put in, taken out, changed or swapped with their neighbour to turn
/// one word into the other; `None` past `limit`. (Optimal string alignment distance.)
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, target) in other.iter().enumerate() {
            let changed = at(&last, j) + usize::from(letter != target);
            let mut cost = changed.min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swaps = i > 0
                && j > 0
                && one.get(i - 1) == Some(target)
                && other.get(j - 1) == Some(letter);
            if swaps {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        // Costs never fall again from one row to the next two.
        if row.iter().chain(&last).all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

fn at(row: &[usize], index: usize) -> usize {
    row.get(index).copied().unwrap_or(usize::MAX / 2)
}

/// Whether a path segment or a member (`order-items`, `orderItem`) names the same thing as a table
/// (`order_items`): compared without case, separators and plural.
pub(crate) fn same_noun(one: &str, other: &str) -> bool {
    singular(&letters(one)) == singular(&letters(other))
}

/// Whether two names are one in two spellings: `createdAt`, `created_at`.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn singular(word: &str) -> String {
    let endings =
        [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("ss", "ss"), ("s", "")];
    let found = endings.iter().find_map(|(end, new)| Some((word.strip_suffix(end)?, new)));
    found.map_or_else(|| word.to_owned(), |(stem, new)| format!("{stem}{new}"))
}

#[cfg(test)]
mod tests;
