//! One case while its requests are made.

use std::time::{Duration, Instant};

use groundplan_model::case::{
    Case, Cases, Check, FiguresCheck, ListCheck, ManyCheck, Only, Purpose, Request, RowCheck,
    RowId, Says, Step, Work,
};
use groundplan_model::service::Route;
use serde_json::Value;

use super::check::{self, Expected, Page};
use super::client::{Answer, Client, NoAnswer};
use super::fill::{Captured, Filled, Filler};
use super::stop::{Failure, Mismatch, Verdict};
use super::{Run, VerifyError, flood, sentence};

/// How long a job may take, and how often to look.
const JOB: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(50);

/// Most pages of one list that are read.
const PAGES: usize = 200;

/// Why nothing is shown of copies: to keep none is no fault.
const NO_COPIES: &str = "whoever asks twice gets no copy: the service keeps none";

/// Why a case goes no further.
pub(super) enum Stop {
    Failed(Box<Failure>),
    NotProvoked(String),
    Skipped(String),
    Over(VerifyError),
}

/// One case with the rows that it has so far.
pub(super) struct Stage<'a, 'p> {
    pub(super) run: &'a Run<'p>,
    pub(super) client: &'a mut Client,
    pub(super) cases: &'a Cases,
    pub(super) case: &'a Case,
    number: usize,
    rows: Vec<Option<Captured>>,
}

impl<'a, 'p> Stage<'a, 'p> {
    pub(super) fn new(
        run: &'a Run<'p>,
        client: &'a mut Client,
        cases: &'a Cases,
        case: &'a Case,
        number: usize,
    ) -> Self {
        Self { run, client, cases, case, number, rows: Vec::new() }
    }

    /// Makes the case's requests.
    pub(super) async fn play(&mut self) -> Result<Verdict, VerifyError> {
        let ended = match &self.case.work {
            Work::NotProvoked(reason) => Err(Stop::NotProvoked(reason.clone())),
            Work::Skipped(reason) => Err(Stop::Skipped(reason.clone())),
            Work::Steps(steps) => self.steps(steps).await,
            Work::Flood { setup, request, count, window_s, check } => {
                match self.steps(setup).await {
                    Ok(()) => flood::run(self, request, *count, *window_s, check).await,
                    stopped => stopped,
                }
            }
        };
        match ended {
            Ok(()) => Ok(Verdict::Passed),
            Err(Stop::Failed(failure)) => Ok(Verdict::Failed(failure)),
            Err(Stop::NotProvoked(reason)) => Ok(Verdict::NotProvoked(reason)),
            Err(Stop::Skipped(reason)) => Ok(Verdict::Skipped(reason)),
            Err(Stop::Over(error)) => Err(error),
        }
    }

    /// Removes what the case made. Whatever that answers: rows may be gone already, and whether
    /// removing works has a case of its own.
    pub(super) async fn clean_up(&mut self) {
        for request in &self.case.cleanup {
            if let Ok(filled) = self.fill(request) {
                let _ = self.exchange(&filled).await;
            }
        }
    }

    async fn steps(&mut self, steps: &[Step]) -> Result<(), Stop> {
        for step in steps {
            self.step(step).await?;
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<(), Stop> {
        let filled = self.fill(&step.request).map_err(|reason| self.unfilled(step, reason))?;
        let answered = self.exchange(&filled).await;
        let failed = |stage: &Self, mismatch| Stop::Failed(stage.failure(step, &filled, mismatch));
        let answer = match answered {
            Ok(answer) => answer,
            Err(NoAnswer::Gone(error)) => return Err(Stop::Over(error)),
            Err(NoAnswer::Broken(observed)) => {
                return Err(failed(self, Mismatch::new(observed, "an answer was expected")));
            }
        };
        self.spared(step, &answer)?;
        self.settled(step, &answer).await?;
        if step.says == Some(Says::Copy) && check::is_no_copy(&answer) {
            return Err(Stop::NotProvoked(NO_COPIES.to_owned()));
        }
        let said = step.says.map_or(Ok(()), |says| check::says(says, &answer));
        let judged = match &step.check {
            Check::List(list) => self.pages(&filled, answer, list).await?,
            check => self.judge(check, &answer),
        };
        judged.and(said).map_err(|mismatch| failed(self, mismatch))
    }

    /// A request that cannot be filled in: an earlier answer lacked something, or the caller has
    /// no token.
    fn unfilled(&self, step: &Step, reason: String) -> Stop {
        if step.purpose != Purpose::After {
            return Stop::Skipped(reason);
        }
        let mut failure = Failure {
            observed: sentence::subject(self.run.plan, self.cases, self.case, None),
            expected: "it must lead to the new row".to_owned(),
            request: String::new(),
            place: None,
            row: step.row,
            lost: false,
        };
        failure.observed.push_str(&format!(" could not be followed up: {reason}"));
        Stop::Failed(Box::new(failure))
    }

    /// Waits for the job that a request became: the requests to come rest on its work.
    async fn settled(&mut self, step: &Step, answer: &Answer) -> Result<(), Stop> {
        let route = step.request.route.and_then(|at| self.run.plan.routes.get(at));
        if answer.status != 202 || !route.is_some_and(Route::is_deferred) {
            return Ok(());
        }
        let address = answer.header(http::header::LOCATION).to_owned();
        if address.is_empty() {
            let reason = "nothing says when its work is done: the 202 has no `Location`";
            return Err(Stop::NotProvoked(reason.to_owned()));
        }
        let filled = self.fill(&step.request).map_err(Stop::Skipped)?;
        let look = filled.look_at(&address);
        let began = Instant::now();
        while began.elapsed() < JOB {
            match self.exchange(&look).await {
                Ok(answer) if check::is_waiting(&answer) => tokio::time::sleep(LOOK).await,
                Ok(_) => return Ok(()),
                Err(NoAnswer::Gone(error)) => return Err(Stop::Over(error)),
                Err(NoAnswer::Broken(_)) => break,
            }
        }
        let mismatch = Mismatch::new(
            format!("became a job that was not finished after {} s", JOB.as_secs()),
            "what was accepted must be done",
        );
        Err(Stop::Failed(self.failure(step, &filled, mismatch)))
    }

    /// A limit on requests that is reached before its turn says nothing about the case.
    fn spared(&self, step: &Step, answer: &Answer) -> Result<(), Stop> {
        let wanted = matches!(&step.check, Check::Error(error) if error.status == answer.status);
        let Some(limit) = self.run.plan.rate_limit.as_ref() else { return Ok(()) };
        if answer.status != 429 || wanted {
            return Ok(());
        }
        let (count, window_s) = (limit.count, limit.window_s);
        Err(Stop::NotProvoked(format!(
            "the limit of {count} requests in {window_s} s was reached before"
        )))
    }

    fn judge(&mut self, check: &Check, answer: &Answer) -> Result<(), Mismatch> {
        match check {
            Check::Made(row) => {
                let members = check::success(answer).and_then(|()| check::object(answer))?;
                self.keep(*row, answer, members);
                Ok(())
            }
            Check::Done => check::success(answer),
            Check::Row(row) => self.row(row, answer),
            Check::Download(download) => check::download(download, answer),
            Check::Empty(status) => check::empty(answer, *status),
            Check::NotModified => check::not_modified(answer),
            Check::Figures(figures) => self.figures(figures, answer),
            Check::History(history) => {
                let row = self.captured(&[history.row]).pop().unwrap_or_default();
                check::history(history, &row, answer)
            }
            Check::File(file) => {
                let contains = self.captured(&file.contains);
                check::file(self.run.plan, file, contains, answer)
            }
            Check::Many(many) => self.many(many, answer),
            Check::Error(error) => check::error(self.run.plan, error, answer),
            Check::Accepted(accepted) => check::accepted(accepted, answer),
            Check::MethodNotAllowed(methods) => check::method_not_allowed(answer, methods),
            Check::Tokens(tokens) => {
                let members = check::tokens(tokens, answer)?;
                self.keep(tokens.keep, answer, members);
                Ok(())
            }
            Check::List(_) => Ok(()),
        }
    }

    fn row(&mut self, row: &RowCheck, answer: &Answer) -> Result<(), Mismatch> {
        let filler = self.filler();
        let mut known = Vec::new();
        for (name, item) in &row.known {
            // A row that was skipped lacks its members; that was told where it was made.
            known.extend(filler.item(item).ok().flatten().map(|value| (name.clone(), value)));
        }
        let same = row.same_as.and_then(|row| filler.row(row).ok()).map(|it| it.members.clone());
        let expected = Expected { check: row, known, same };
        let members = check::row(self.run.plan, &expected, answer)?;
        if let Some(row) = row.keep {
            self.keep(row, answer, members);
        }
        Ok(())
    }

    fn figures(&mut self, check: &FiguresCheck, answer: &Answer) -> Result<(), Mismatch> {
        let rows = self.captured(&check.rows);
        check::figures(self.run.plan, check, &rows, self.is_only(check.only), answer)
    }

    fn many(&mut self, check: &ManyCheck, answer: &Answer) -> Result<(), Mismatch> {
        let filler = self.filler();
        let mut known = Vec::new();
        for row in &check.rows {
            let of_row = row.iter().filter_map(|(name, item)| {
                filler.item(item).ok().flatten().map(|value| (name.clone(), value))
            });
            known.push(of_row.collect::<Vec<_>>());
        }
        let rows = check::many(self.run.plan, check, &known, answer)?;
        for (row, members) in check.keep.iter().zip(rows) {
            self.keep(*row, answer, members);
        }
        Ok(())
    }

    /// Rows as they were answered last.
    fn captured(&self, ids: &[RowId]) -> Vec<serde_json::Map<String, Value>> {
        let rows = ids.iter().filter_map(|row| self.rows.get(row.0)?.as_ref());
        rows.map(|it| it.members.clone()).collect()
    }

    fn is_only(&self, only: Only) -> bool {
        match only {
            Only::Never => false,
            Only::FreshCaller => self.run.people.are_fresh(),
            Only::Always => true,
        }
    }

    fn keep(&mut self, row: RowId, answer: &Answer, members: serde_json::Map<String, Value>) {
        if self.rows.len() <= row.0 {
            self.rows.resize(row.0 + 1, None);
        }
        let earlier = self.rows.get(row.0).and_then(|it| it.as_ref()?.location.clone());
        let location = Some(answer.header(http::header::LOCATION).to_owned());
        let location = location.filter(|it| !it.is_empty()).or(earlier);
        if let Some(place) = self.rows.get_mut(row.0) {
            let tag = answer.header(http::header::ETAG);
            let tag = Some(tag.to_owned()).filter(|it| !it.is_empty());
            *place = Some(Captured { members, location, tag });
        }
    }

    /// Reads the pages of a list until it is known whether it is as it must be.
    async fn pages(
        &mut self,
        first: &Filled,
        answer: Answer,
        list: &ListCheck,
    ) -> Result<Result<(), Mismatch>, Stop> {
        let mut pages = self.page_rules(list);
        let (mut answer, mut filled) = (answer, first.clone());
        for _ in 0..PAGES {
            let next = match pages.read(&answer) {
                Ok(next) => next,
                Err(mismatch) => return Ok(Err(mismatch)),
            };
            let Some(next) = next.filter(|_| !pages.is_decided()) else {
                return Ok(pages.finish());
            };
            filled = next_page(&filled, first, &next);
            answer = match self.exchange(&filled).await {
                Ok(answer) => answer,
                Err(NoAnswer::Gone(error)) => return Err(Stop::Over(error)),
                Err(NoAnswer::Broken(observed)) => {
                    let expected = "the next page was expected";
                    return Ok(Err(Mismatch::new(observed, expected)));
                }
            };
        }
        Err(Stop::NotProvoked(format!("the list has more than {PAGES} pages")))
    }

    fn page_rules<'l>(&self, list: &'l ListCheck) -> Page<'l, 'p> {
        let filler = self.filler();
        let fits = list.fits.iter().filter_map(|fit| {
            let value = filler.item(&fit.value).ok().flatten()?;
            Some((fit.column, fit.test, value))
        });
        let fits = fits.collect();
        let only = self.is_only(list.only);
        let (contains, lacks) = (self.captured(&list.contains), self.captured(&list.lacks));
        Page::new(self.run.plan, list, contains, lacks, fits, only)
    }

    pub(super) fn fill(&self, request: &Request) -> Result<Filled, String> {
        self.filler().fill(request)
    }

    fn filler(&self) -> Filler<'_> {
        Filler {
            plan: self.run.plan,
            people: &self.run.people,
            case: self.number,
            rows: &self.rows,
        }
    }

    pub(super) async fn exchange(&mut self, filled: &Filled) -> Result<Answer, NoAnswer> {
        let request = filled.http(self.client).map_err(NoAnswer::Broken)?;
        self.client.send(request).await
    }

    /// What is told about an answer that is not as it must be.
    fn failure(&self, step: &Step, filled: &Filled, mismatch: Mismatch) -> Box<Failure> {
        let (plan, cases, case) = (self.run.plan, self.cases, self.case);
        let subject = match step.purpose {
            Purpose::Setup => sentence::request(plan, &step.request),
            Purpose::Test => sentence::subject(plan, cases, case, Some(&step.request)),
            Purpose::After => sentence::after(plan, cases, case, &step.request),
        };
        Box::new(Failure {
            observed: format!("{subject} {}", mismatch.observed),
            expected: mismatch.expected,
            request: filled.curl(self.client),
            place: mismatch.place,
            row: step.row,
            lost: mismatch.lost && step.purpose == Purpose::After,
        })
    }
}

/// The request for the next page: an address, or a parameter beside the first request's own.
fn next_page(last: &Filled, first: &Filled, next: &check::Next) -> Filled {
    match next {
        check::Next::Address(address) if address.starts_with('?') => {
            let path = last.path.split('?').next().unwrap_or_default();
            last.at(&format!("{path}{address}"))
        }
        check::Next::Address(address) => last.at(address),
        check::Next::Parameter(name, value) => {
            let query = first.path.split_once('?').map_or("", |(_, query)| query);
            let path = first.path.split('?').next().unwrap_or_default();
            let value = crate::percent::encode(value).to_string();
            first.at(&format!("{path}?{}", crate::query::with_parameter(query, name, &value)))
        }
    }
}
