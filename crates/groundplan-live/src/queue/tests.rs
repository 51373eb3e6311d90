//! Jobs are done once, by one worker at a time, and come back where their worker is gone.

use http::Request;
use http::request::Parts;

use super::job::{self, Job, LEASE_S, Task, now_s};
use crate::caller::Caller;
use crate::fixture::{execute, memory};
use crate::store::{Db, Steps, Store};

fn parts(uri: &str) -> Parts {
    let request = Request::builder().method("DELETE").uri(uri).header("If-Match", "\"1\"");
    request.body(()).expect("a request").into_parts().0
}

async fn queue(store: &Store, uri: &str) -> String {
    let caller = Caller {
        subject: "ann".into(),
        tenant: Some("blue".into()),
        roles: vec!["clerk".to_owned()].into(),
    };
    let task = Task::new(&parts(uri), &caller, b"{}", Some("r1"));
    let id = task.id.clone();
    store.write(Steps::One, move |db: &Db<'_>| task.queue(db)).await.expect("a job");
    id
}

async fn claim(store: &Store, now_s: i64) -> Option<Job> {
    store.write(Steps::One, move |db: &Db<'_>| Job::claim(db, now_s)).await.expect("a look")
}

async fn finishes(store: &Store, job: &Job) -> bool {
    let claim = job.claim.clone();
    store.write(Steps::One, move |db: &Db<'_>| claim.finish(db)).await.is_ok()
}

#[tokio::test]
async fn jobs_are_taken_once_and_the_oldest_first_with_all_that_was_asked() {
    let store = memory();
    let (first, second) = (queue(&store, "/a?x=1").await, queue(&store, "/b").await);
    let job = claim(&store, now_s()).await.expect("the first job");
    assert_eq!((job.task.id.as_str(), job.attempts), (first.as_str(), 1));
    assert_eq!((&*job.task.method, &*job.task.uri, job.body()), ("DELETE", "/a?x=1", &b"{}"[..]));
    assert_eq!(job.task.headers, r#"{"if-match":"\"1\""}"#);
    let caller = job.caller();
    assert_eq!((&*caller.subject, caller.tenant.as_deref()), ("ann", Some("blue")));
    assert_eq!((&*caller.roles, job.request_id()), (&["clerk".to_owned()][..], Some("r1")));
    assert_eq!(claim(&store, now_s()).await.map(|it| it.task.id), Some(second));
    assert!(claim(&store, now_s()).await.is_none());
    assert_eq!(store.read(job::waiting).await.expect("a count"), 2);
}

#[tokio::test]
async fn a_job_whose_worker_is_gone_is_anothers_and_the_first_can_no_longer_finish_it() {
    let store = memory();
    queue(&store, "/a").await;
    let lost = claim(&store, now_s()).await.expect("a job");
    assert!(claim(&store, now_s() + LEASE_S - 1).await.is_none(), "it still has time");
    let taken = claim(&store, now_s() + LEASE_S).await.expect("the same job");
    assert_eq!((&taken.task.id, taken.attempts), (&lost.task.id, 2));
    assert!(!finishes(&store, &lost).await);
    assert!(finishes(&store, &taken).await);
    assert!(!finishes(&store, &taken).await, "it is done once");
    assert!(claim(&store, now_s() + 10 * LEASE_S).await.is_none());
}

#[tokio::test]
async fn a_job_that_is_to_be_tried_again_waits_for_its_time() {
    let store = memory();
    queue(&store, "/a").await;
    let job = claim(&store, now_s()).await.expect("a job");
    let (again, later) = (job.claim.clone(), now_s() + 100);
    let retried = store.write(Steps::One, move |db: &Db<'_>| again.retry(db, later)).await;
    assert!(retried.expect("it works"));
    assert!(claim(&store, later - 1).await.is_none());
    assert_eq!(claim(&store, later).await.map(|it| it.attempts), Some(2));
}

#[tokio::test]
async fn a_worker_that_says_it_is_still_at_it_keeps_its_job_whoever_else_starts() {
    let store = memory();
    queue(&store, "/a").await;
    let job = claim(&store, now_s()).await.expect("a job");
    let (renewed, later) = (job.claim.clone(), now_s() + LEASE_S - 1);
    let renew = move |db: &Db<'_>| renewed.renew(db, later);
    assert!(store.write(Steps::One, renew).await.expect("it works"));
    assert!(claim(&store, later + LEASE_S - 1).await.is_none(), "it has its time anew");
    let taken = claim(&store, later + LEASE_S).await.expect("a worker that is gone loses it");
    assert_eq!(taken.attempts, 2);
    let lost = move |db: &Db<'_>| job.claim.renew(db, now_s());
    assert!(!store.write(Steps::One, lost).await.expect("it works"), "it is another's");
}

#[tokio::test]
async fn the_work_and_its_end_are_one_transaction() {
    let store = memory();
    queue(&store, "/a").await;
    let job = claim(&store, now_s()).await.expect("a job");
    execute(&store, "UPDATE groundplan_jobs SET lease = 'of another'".to_owned()).await;
    let claim = job.claim.clone();
    let work = move |db: &Db<'_>| {
        let nobody = Caller::named("");
        let head = crate::store::Head::of(&nobody);
        db.execute("INSERT INTO groundplan_meta VALUES ('work', 'done')", &head, &[])?;
        claim.finish(db)
    };
    assert!(store.write(Steps::Several, work).await.is_err());
    let left = execute(&store, "DELETE FROM groundplan_meta WHERE name = 'work'".to_owned()).await;
    assert_eq!(left, 0);
}
