//! Forms of caches, and what is none.

use groundplan_syntax::{Source, parse};

use crate::document::PolicyKind;
use crate::lower;

fn caches(text: &str) -> Vec<(Option<String>, Option<u32>)> {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let cached = document.policies.into_iter().filter_map(|policy| match policy.kind {
        PolicyKind::Cached { key, ttl_s } => Some((key, ttl_s)),
        _ => None,
    });
    cached.collect()
}

fn entry(key: &str, ttl_s: Option<u32>) -> (Option<String>, Option<u32>) {
    (Some(key.to_owned()), ttl_s)
}

#[test]
fn a_section_about_the_cache_names_keys_and_one_time_for_all() {
    let found = caches(
        "# A\n\n## Cache\n\n- one feature lies under `feature:{id}`, lists under \
         `user_features:{user_id}`\n- an entry lives for 3600 s at most; writes drop it\n",
    );
    let expected = [entry("feature:{id}", None), entry("user_features:{user_id}", None)];
    assert_eq!(found.get(..2), Some(expected.as_slice()));
    assert_eq!(found.get(2..), Some([(None, Some(3600))].as_slice()));
}

#[test]
fn a_sentence_elsewhere_speaks_of_caching_itself() {
    let found = caches("# A\n\nAnswers are cached under `order:{id}` for 5 minutes.\n");
    assert_eq!(found, [entry("order:{id}", Some(300))]);
    assert_eq!(caches("# A\n\nReads are cached, TTL: 60.\n"), [(None, Some(60))]);
}

#[test]
fn a_row_and_a_line_of_code_tell_the_time_of_their_key() {
    let table = "# A\n\n| Cache key | TTL |\n|---|---|\n| `user:{id}` | 1 hour |\n";
    assert_eq!(caches(table), [entry("user:{id}", Some(3600))]);
    let code = "# A\n\n```python\nawait cache.set(f\"feature:{it.id}\", it, ttl=90)\n\
                redis.setex(f\"list:{uid}\", 30, it)\n```\n";
    assert_eq!(caches(code), [entry("feature:{it.id}", Some(90)), entry("list:{uid}", Some(30))]);
}

#[test]
fn what_is_not_cached_and_rates_are_no_caches() {
    for text in [
        "# A\n\n- Cache: none; the shop keeps pages for 60 s by itself\n",
        "# A\n\nAnswers are not cached for 60 s.\n",
        "# A\n\nThe cache takes reads for 500 requests/s.\n",
        "# A\n\n| Cache | Up to |\n|---|---|\n| hits | 60 s |\n",
        "# A\n\nSee `feature:{id}`.\n",
    ] {
        assert_eq!(caches(text), [], "{text}");
    }
}
