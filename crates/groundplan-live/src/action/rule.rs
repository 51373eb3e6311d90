//! The rule block of a route (rule D9.1): its conditions and effects, in its own transaction.
//!
//! Rows are loaded once and evaluated here, not in SQL: decimals have one arithmetic then, and both
//! databases the same answers.

mod evaluate;
mod load;
mod number;
mod outside;
mod write;

use groundplan_model::service::{
    AliasKind, Expression, Operation, Piece, Refusal, Rule as Plan, Step,
};
use jiff::Timestamp;

use crate::action::Draft;
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Cell, Db};
use crate::validate::Sent;
use evaluate::Value;
use load::Loader;
pub(crate) use outside::Answers;
use outside::Went;
pub(super) use outside::{Ruled, ask};
use write::{Insert, Update};

/// A rule with its statements.
pub(super) struct Rule {
    plan: Plan,
    /// One for each alias.
    loaders: Vec<Loader>,
    /// One for each aggregate, in the order in which expressions are walked.
    figures: Vec<load::Figure>,
    /// One for each step that writes.
    writes: Vec<Write>,
    /// What the conditions ask for, in the document's words.
    texts: Vec<String>,
    /// Names of tables that are locked against other rules, in order.
    locks: Vec<String>,
    /// Whether changes of the own row are left to the operation.
    defers: bool,
}

enum Write {
    None,
    Update(Update),
    Insert(Insert),
}

/// What a rule runs on.
pub(super) struct Ground<'a> {
    pub(super) db: &'a Db<'a>,
    pub(super) caller: &'a Caller,
    pub(super) target: &'a Target,
    /// Members of the body, in the order of the rule's.
    pub(super) body: Vec<Option<Cell>>,
    /// Columns of a row that is not there yet.
    pub(super) row: Option<&'a [Option<Cell>]>,
    /// Whether nothing is written: only what is to be asked of other services is looked for.
    pub(super) dry: bool,
}

/// Rows of the aliases while a rule runs.
type Rows = Vec<Option<Vec<Cell>>>;

impl Rule {
    /// The rule of the draft's route. Operations that write their own row get its changes handed
    /// over; an action has nothing else to do.
    pub(super) fn new(draft: &Draft<'_>, place: &Place) -> Option<Self> {
        let plan = draft.route.rule.clone()?;
        let writes_itself = matches!(
            draft.route.operation,
            Operation::Create | Operation::PutSingleton | Operation::Upsert
        );
        let loaders = plan.aliases.iter().map(|alias| Loader::new(draft, place, alias));
        let loaders: Vec<Loader> = loaders.collect();
        let mut figures = Vec::new();
        load::figures(draft.plan, &plan, &mut figures);
        let writes = plan.steps.iter().map(|step| match step {
            Step::Set { alias, changes, .. } if *alias != 0 || !writes_itself => {
                Update::new(draft, place, &plan, *alias, changes).map_or(Write::None, Write::Update)
            }
            Step::Insert { resource, changes, .. } => {
                Insert::new(draft, *resource, changes).map_or(Write::None, Write::Insert)
            }
            _ => Write::None,
        });
        let writes = writes.collect();
        let locks = locks(draft);
        let texts = plan.steps.iter().map(|step| match step {
            Step::Require { span, .. } => text(draft.plan.source.slice(*span)),
            _ => String::new(),
        });
        let texts = texts.collect();
        Some(Self { loaders, figures, writes, texts, locks, defers: writes_itself, plan })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let writes = self.writes.iter().filter_map(|it| match it {
            Write::None => None,
            Write::Update(update) => Some(update.sql()),
            Write::Insert(insert) => Some(insert.sql()),
        });
        let loads = self.loaders.iter().filter_map(Loader::sql);
        loads.chain(self.figures.iter().map(load::Figure::sql)).chain(writes).collect()
    }

    /// Checks the conditions and makes the changes, in order. Answers what the operation is to
    /// store in its own row.
    pub(super) fn run(&self, ground: &Ground<'_>) -> Result<Vec<(usize, Cell)>, Refused> {
        for name in &self.locks {
            ground.db.lock(name)?;
        }
        match self.go(ground)? {
            Went::Through(own) => Ok(own),
            Went::Asks(_) => Err(outside::changed()),
        }
    }

    /// Goes through the steps: to the end, or to the first call that has no answer yet.
    fn go(&self, ground: &Ground<'_>) -> Result<Went, Refused> {
        let answers = &ground.target.answers;
        // What is asked before must be asked again word by word.
        let now = answers.now.unwrap_or_else(Timestamp::now);
        let mut calls = 0;
        let mut rows: Rows = Vec::with_capacity(self.loaders.len());
        for loader in &self.loaders {
            let row = loader.load(ground, &rows)?;
            rows.push(row);
        }
        if self.is_absent(ground, &rows) {
            return Err(Refused::not_found());
        }
        let mut own = Vec::new();
        for (at, step) in self.plan.steps.iter().enumerate() {
            let mut evaluation =
                evaluate::Evaluation { rule: self, ground, rows: &rows, now, inner: None };
            match step {
                Step::Require { condition, status, .. } => {
                    if evaluation.value(condition)? != Value::Boolean(true) {
                        return Err(self.broken(at, *status));
                    }
                }
                Step::Set { alias, changes, .. } => {
                    let mut cells = Vec::with_capacity(changes.len());
                    for change in changes {
                        let column =
                            self.loaders.get(*alias).and_then(|it| it.column(change.column));
                        let column = column.ok_or_else(Refused::unavailable)?;
                        cells.push((change.column, evaluation.cell(&change.value, column)?));
                    }
                    self.store(at, *alias, ground, &mut rows, cells, &mut own)?;
                }
                Step::Insert { changes, .. } => {
                    if let Some(Write::Insert(insert)) = self.writes.get(at)
                        && !ground.dry
                    {
                        let cells = insert.cells(&mut evaluation, changes)?;
                        insert.run(ground, cells, now)?;
                    }
                }
                Step::Call(call) => {
                    let request = evaluation.request(call)?;
                    match answers.asked.get(calls) {
                        None => return Ok(Went::Asks(request)),
                        Some(asked) if asked.request != request => return Err(outside::changed()),
                        Some(_) => calls += 1,
                    }
                }
            }
        }
        Ok(Went::Through(own))
    }

    /// Runs beside an operation that has a body of fields, and hands its changes of the own row
    /// over to it.
    pub(super) fn run_on(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &Target,
        sent: &mut Sent,
        is_new: bool,
    ) -> Result<(), Refused> {
        let body = self.members_of(sent);
        let row = is_new.then(|| sent.clone());
        let ground = Ground { db, caller, target, body, row: row.as_deref(), dry: false };
        for (column, cell) in self.run(&ground)? {
            if let Some(place) = sent.get_mut(column) {
                *place = Some(cell);
            }
        }
        Ok(())
    }

    /// Members of the body that the rule reads, of a body of fields.
    fn members_of(&self, sent: &Sent) -> Vec<Option<Cell>> {
        let member = |at: Option<usize>| sent.get(at?)?.clone();
        self.plan.body.iter().map(|it| member(it.kept_in)).collect()
    }

    /// An own row that should be there and is not.
    fn is_absent(&self, ground: &Ground<'_>, rows: &Rows) -> bool {
        ground.row.is_none() && rows.first().is_some_and(Option::is_none)
    }

    fn store(
        &self,
        at: usize,
        alias: usize,
        ground: &Ground<'_>,
        rows: &mut Rows,
        cells: Vec<(usize, Cell)>,
        own: &mut Vec<(usize, Cell)>,
    ) -> Result<(), Refused> {
        if let Some(Some(row)) = rows.get_mut(alias) {
            for (column, cell) in &cells {
                if let Some(place) = row.get_mut(*column) {
                    *place = cell.clone();
                }
            }
        }
        match self.writes.get(at) {
            _ if ground.dry => Ok(()),
            Some(Write::Update(update)) => {
                let values = cells.into_iter().map(|(_, cell)| cell).collect();
                update.run(ground, rows, values)
            }
            _ if alias == 0 && self.defers => {
                own.extend(cells);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn broken(&self, at: usize, status: u16) -> Refused {
        let text = self.texts.get(at).map_or("", String::as_str);
        let message = format!("a rule of the document does not hold: {text}");
        Refused { status: Some(status), ..Refused::new(Refusal::RuleBroken, message) }
    }
}

/// What the rule of the draft's route locks, in the order in which all rules do.
pub(super) fn locks(draft: &Draft<'_>) -> Vec<String> {
    let aliases = draft.route.rule.iter().flat_map(|rule| &rule.aliases);
    let tables = aliases.filter_map(|it| draft.plan.resources.get(it.resource));
    let mut locks: Vec<String> = tables.map(|it| format!("rule {}", it.table.name)).collect();
    locks.sort_unstable();
    locks.dedup();
    locks
}

/// `row.status in ["draft"]` of `require row.status in ["draft"] else 409`; a rule that the plan
/// made itself has no words.
fn text(statement: &str) -> String {
    let body = statement.trim().strip_prefix("require ").unwrap_or("");
    body.rsplit_once(" else ").map_or(body, |(condition, _)| condition).trim().to_owned()
}

/// Every expression of a rule, outermost first.
fn expressions(rule: &Plan) -> Vec<&Expression> {
    let mut found = Vec::new();
    for step in &rule.steps {
        match step {
            Step::Require { condition, .. } => found.push(condition),
            Step::Set { changes, .. } | Step::Insert { changes, .. } => {
                found.extend(changes.iter().map(|change| &change.value));
            }
            Step::Call(call) => {
                found.extend(call.path.iter().filter_map(|piece| match piece {
                    Piece::Value(value) => Some(value),
                    Piece::Literal(_) => None,
                }));
                found.extend(call.body.iter().map(|(_, value)| value));
            }
        }
    }
    found
}

/// Whether an alias is the row that its operation is yet to make.
fn is_new(draft: &Draft<'_>, kind: AliasKind) -> bool {
    let creates = matches!(draft.route.operation, Operation::Create | Operation::PutSingleton);
    kind == AliasKind::Row && creates
}
