//! Keys and the reads that they name.

use groundplan_syntax::{Source, parse};

use crate::lower;
use crate::plan::plan;
use crate::service::ServicePlan;

const DESIGN: &str = "# Features

```sql
CREATE TABLE feature_data (id UUID PRIMARY KEY, user_id TEXT NOT NULL, name TEXT NOT NULL);
```

| Method | Endpoint | Response |
|---|---|---|
| GET | /api/v1/features | 200: Feature[] |
| POST | /api/v1/features | 201: Feature |
| GET | /api/v1/features/{id} | 200: Feature |
";

fn planned(cache: &str) -> ServicePlan {
    let text = format!("{DESIGN}\n## Cache\n\n{cache}\n");
    let source = Source::new("design.md", &text);
    plan(&lower(&source, &parse(&source))).expect("the document states endpoints")
}

fn kept(plan: &ServicePlan) -> Vec<(String, u32)> {
    let path = |at: usize| plan.routes.get(at).map(|it| it.path_text()).unwrap_or_default();
    plan.caches.iter().map(|it| (path(it.route), it.ttl_s)).collect()
}

#[test]
fn a_singular_key_is_the_read_and_a_plural_one_the_list() {
    let plan =
        planned("One lies under `feature:{id}`, lists under `user_features:{user_id}`. TTL 60");
    let mut kept = kept(&plan);
    kept.sort();
    let expected = [("/api/v1/features", 60), ("/api/v1/features/{id}", 60)];
    assert_eq!(kept, expected.map(|(path, ttl)| (path.to_owned(), ttl)));
}

#[test]
fn a_time_of_its_own_goes_before_the_general_one() {
    let plan = planned("Entries live for 3600 s. `feature:{id}` is cached for 5 min.");
    assert_eq!(kept(&plan), [("/api/v1/features/{id}".to_owned(), 300)]);
}

#[test]
fn a_key_without_time_or_read_is_noted() {
    let messages = |plan: &ServicePlan| -> Vec<String> {
        plan.notes.iter().map(|it| it.message.clone()).collect()
    };
    let plan = planned("`feature:{id}` is cached.");
    assert!(plan.caches.is_empty());
    assert!(messages(&plan).iter().any(|it| it.contains("no time to live")), "{:?}", plan.notes);
    let plan = planned("`basket:{id}` is cached for 60 s.");
    assert!(messages(&plan).iter().any(|it| it.contains("no read is named so")));
}
