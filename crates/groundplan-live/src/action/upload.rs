//! A file comes: for a new row, or for a row that is there.

use std::sync::Arc;

use bytes::Bytes;
use groundplan_model::service::{Refusal, Upload as Rule};
use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::action::create::Create;
use crate::action::file::{File, Files};
use crate::action::update::Update;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::multipart::{self, Part};
use crate::place::Place;
use crate::refused::Refused;
use crate::store::{Db, Steps};

/// `POST /things/{id}/files` with a form that has a file.
pub(crate) struct Upload {
    files: Files,
    writes: Writes,
    /// For each member of the row: its name, and how its text becomes a value.
    members: Vec<(String, groundplan_model::schema::ColumnType)>,
}

enum Writes {
    New(Arc<Create>),
    There(Arc<Update>),
}

impl Upload {
    /// `None` where the plan's positions do not hold together.
    pub(super) fn new(draft: &Draft<'_>, place: Place, rule: &Rule) -> Option<Self> {
        let files = Files::new(draft, rule)?;
        let writes = match place.key_column() {
            None => Writes::New(Arc::new(Create::new(draft, place))),
            Some(_) => Writes::There(Arc::new(Update::new(draft, place))),
        };
        let fields = draft.resource.fields.iter().zip(&draft.resource.table.columns);
        let members = fields.map(|(field, column)| (field.name.clone(), column.ty.clone()));
        Some(Self { files, writes, members: members.collect() })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let mut statements = match &self.writes {
            Writes::New(create) => create.statements(),
            Writes::There(update) => update.statements(),
        };
        statements.push(self.files.sql());
        statements
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut parts = read(&call)?;
        let file = self.files.take(&mut parts)?;
        let body = Bytes::from(self.object(&parts)?);
        match &self.writes {
            Writes::New(create) => self.create(create, call, &body, file).await,
            Writes::There(update) => self.update(update, call, &body, file).await,
        }
    }

    async fn create(
        self: &Arc<Self>,
        create: &Arc<Create>,
        call: Call<'_>,
        body: &[u8],
        file: File,
    ) -> Result<Response, Refused> {
        let (mut target, mut sent) = call.read(&create.place, &create.rule, body).await?;
        file.fill(&mut sent);
        let (this, own, caller) = (Arc::clone(self), Arc::clone(create), call.caller);
        let work = move |db: &Db<'_>| {
            this.files.keep(db, &caller, &file)?;
            own.make(db, &caller, &mut target, sent)
        };
        let made = call.store.write(Steps::Several, work).await?;
        Ok(create.answer(made, call.params))
    }

    async fn update(
        self: &Arc<Self>,
        update: &Arc<Update>,
        call: Call<'_>,
        body: &[u8],
        file: File,
    ) -> Result<Response, Refused> {
        let (mut target, mut sent) = call.read(&update.place, &update.rule, body).await?;
        file.fill(&mut sent);
        let (this, own, caller) = (Arc::clone(self), Arc::clone(update), call.caller);
        let work = move |db: &Db<'_>| {
            this.files.keep(db, &caller, &file)?;
            own.change(db, &caller, &mut target, sent)
        };
        let body = call.store.write(Steps::Several, work).await?;
        Ok(answer::row(update.success(), body))
    }

    /// The other parts of the form as an object: each text as a value of its column.
    fn object(&self, parts: &[Part]) -> Result<String, Refused> {
        let mut object = Map::new();
        for part in parts {
            let text = std::str::from_utf8(&part.content).map_err(|_| {
                let message = format!("the part `{}` is not UTF-8", part.name);
                Refused::new(Refusal::MalformedBody, message)
            })?;
            let ty = self.members.iter().find(|(name, _)| *name == part.name).map(|it| &it.1);
            object.insert(part.name.clone(), value(ty, text));
        }
        Ok(Value::Object(object).to_string())
    }
}

/// A text of a form as JSON of a column's type; what is none stays a text, which is then refused.
fn value(ty: Option<&groundplan_model::schema::ColumnType>, text: &str) -> Value {
    use groundplan_model::schema::ColumnType::{Array, Boolean, Float, Integer, Json};
    let as_it_is = || Value::from(text);
    match ty {
        Some(Integer { .. } | Float | Boolean | Json | Array) => {
            serde_json::from_str(text).unwrap_or_else(|_| as_it_is())
        }
        _ => as_it_is(),
    }
}

fn read(call: &Call<'_>) -> Result<Vec<Part>, Refused> {
    let media_type = call.parts.headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let boundary = media_type.and_then(multipart::boundary).ok_or_else(|| {
        let message = "the form has no boundary; send `multipart/form-data; boundary=…`";
        Refused::new(Refusal::MalformedBody, message)
    })?;
    multipart::parts(&call.body, &boundary)
}
