//! Lists in which each text stands once.

#[cfg(test)]
mod tests;

/// Keeps the first of those that have the same text. Lists are short: sorting them is cheaper than
/// hashing every text.
pub(super) fn keep_first<T>(list: &mut Vec<T>, text: impl Fn(&T) -> &str) {
    let mut order: Vec<(&str, usize)> = list.iter().map(text).zip(0..).collect();
    order.sort_unstable();
    let mut is_again = vec![false; order.len()];
    for [one, other] in order.array_windows() {
        if one.0 == other.0 {
            is_again.get_mut(other.1).into_iter().for_each(|it| *it = true);
        }
    }
    let mut is_again = is_again.into_iter();
    list.retain(|_| !is_again.next().unwrap_or(false));
}
