//! Where the rows are: SQLite in a file, or PostgreSQL at a URL.

use std::path::Path;

use uuid::Uuid;

use super::Refused;
use super::dataset::Dataset;
use super::list::Position;
use super::postgres::Postgres;
use super::store::Store;

pub(super) enum Rows {
    Sqlite(Store),
    Postgres(Postgres),
}

impl Rows {
    pub(super) async fn open(database: &str) -> anyhow::Result<Self> {
        if database.starts_with("postgres://") {
            return Postgres::open(database).await.map(Self::Postgres);
        }
        Store::open(Path::new(database)).map(Self::Sqlite)
    }

    pub(super) async fn read(&self, owner: &str, id: Uuid) -> Result<Option<Dataset>, Refused> {
        match self {
            Self::Sqlite(store) => Ok(store.read(owner, &id.to_string())?),
            Self::Postgres(postgres) => postgres.read(owner, id).await,
        }
    }

    pub(super) async fn list(
        &self,
        owner: &str,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Dataset>, Option<Position>), Refused> {
        match self {
            Self::Sqlite(store) => Ok(store.list(owner, limit, after)?),
            Self::Postgres(postgres) => postgres.list(owner, limit, after).await,
        }
    }

    pub(super) async fn create(&self, dataset: Dataset) -> Result<Dataset, Refused> {
        match self {
            Self::Sqlite(store) => store.create(dataset).await,
            Self::Postgres(postgres) => postgres.create(dataset).await,
        }
    }
}
