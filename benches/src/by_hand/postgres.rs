//! PostgreSQL with a pool of connections and statements that each of them keeps prepared.

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use jiff::Timestamp;
use tokio_postgres::error::SqlState;
use tokio_postgres::{NoTls, Row};
use uuid::Uuid;

use super::Refused;
use super::dataset::Dataset;
use super::list::Position;
use axum::http::StatusCode;

const CONNECTIONS: usize = 16;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS datasets (
    id UUID PRIMARY KEY,
    owner_id TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    description TEXT CHECK (length(description) <= 2000),
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    UNIQUE (owner_id, name)
);
CREATE INDEX IF NOT EXISTS idx_datasets_owner_created ON datasets (owner_id, created_at, id);";

const READ: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE id = $1 AND owner_id = $2";

const FIRST: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE owner_id = $1 ORDER BY created_at, id LIMIT $2";

const LATER: &str = "SELECT id, owner_id, name, description, row_count, created_at, updated_at \
     FROM datasets WHERE owner_id = $1 AND (created_at, id) > ($3, $4) \
     ORDER BY created_at, id LIMIT $2";

const INSERT: &str = "INSERT INTO datasets \
     (id, owner_id, name, description, row_count, created_at, updated_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> anyhow::Result<Self> {
        let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(url.parse()?, NoTls, config);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;
        pool.get().await?.batch_execute(SCHEMA).await?;
        Ok(Self { pool })
    }

    pub(super) async fn read(&self, owner: &str, id: Uuid) -> Result<Option<Dataset>, Refused> {
        let db = self.connection().await?;
        let statement = db.prepare_cached(READ).await?;
        let row = db.query_opt(&statement, &[&id, &owner]).await?;
        Ok(row.as_ref().map(dataset))
    }

    pub(super) async fn list(
        &self,
        owner: &str,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Dataset>, Option<Position>), Refused> {
        // One row more than the page shows whether there is another page.
        let wanted = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let db = self.connection().await?;
        let rows = match after {
            None => {
                let statement = db.prepare_cached(FIRST).await?;
                db.query(&statement, &[&owner, &wanted]).await?
            }
            Some(after) => {
                let statement = db.prepare_cached(LATER).await?;
                let (time, id) = position(after)?;
                db.query(&statement, &[&owner, &wanted, &time, &id]).await?
            }
        };
        let mut datasets: Vec<Dataset> = rows.iter().map(dataset).collect();
        let has_more = datasets.len() > limit;
        datasets.truncate(limit);
        let next = datasets.last().filter(|_| has_more).map(Position::of);
        Ok((datasets, next))
    }

    pub(super) async fn create(&self, it: Dataset) -> Result<Dataset, Refused> {
        let db = self.connection().await?;
        let statement = db.prepare_cached(INSERT).await?;
        let (time, id) = (moment(&it.created_at)?, key(&it.id)?);
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
            [&id, &it.owner_id, &it.name, &it.description, &it.row_count, &time, &time];
        db.execute(&statement, &values).await?;
        Ok(it)
    }

    async fn connection(&self) -> Result<Object, Refused> {
        self.pool.get().await.map_err(|error| {
            eprintln!("by hand: {error}");
            Refused(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "the database is busy or gone")
        })
    }
}

fn dataset(row: &Row) -> Dataset {
    let time = |at: usize| format!("{:.6}", row.get::<_, Timestamp>(at));
    Dataset {
        id: row.get::<_, Uuid>(0).to_string(),
        owner_id: row.get(1),
        name: row.get(2),
        description: row.get(3),
        row_count: row.get(4),
        created_at: time(5),
        updated_at: time(6),
    }
}

fn position(after: &Position) -> Result<(Timestamp, Uuid), Refused> {
    Ok((moment(&after.created_at)?, key(&after.id)?))
}

fn moment(text: &str) -> Result<Timestamp, Refused> {
    text.parse().map_err(|_| invalid())
}

fn key(text: &str) -> Result<Uuid, Refused> {
    Uuid::try_parse(text).map_err(|_| invalid())
}

fn invalid() -> Refused {
    Refused(StatusCode::BAD_REQUEST, "invalid_parameter", "a parameter is at fault")
}

impl From<tokio_postgres::Error> for Refused {
    fn from(error: tokio_postgres::Error) -> Self {
        if error.code() == Some(&SqlState::UNIQUE_VIOLATION) {
            return Self(StatusCode::CONFLICT, "duplicate", "there is such a row already");
        }
        eprintln!("by hand: {error}");
        Self(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "the database is busy or gone")
    }
}
