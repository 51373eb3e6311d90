//! A dataset on the wire.

use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Refused;

#[derive(Serialize)]
pub(super) struct Dataset {
    pub(super) id: String,
    pub(super) owner_id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) row_count: i64,
    pub(super) created_at: String,
    pub(super) updated_at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDataset {
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    row_count: i64,
}

impl NewDataset {
    /// The row, if the bounds of the design hold.
    pub(super) fn checked(self, owner_id: String) -> Result<Dataset, Refused> {
        let name_is_sized = (1..=120).contains(&self.name.chars().count());
        let description_is_sized =
            self.description.as_ref().is_none_or(|text| text.chars().count() <= 2_000);
        if !name_is_sized || !description_is_sized || self.row_count < 0 {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Refused(status, "validation_failed", "a field is out of its bounds"));
        }
        let now = format!("{:.6}", Timestamp::now());
        Ok(Dataset {
            id: Uuid::now_v7().to_string(),
            owner_id,
            name: self.name,
            description: self.description,
            row_count: self.row_count,
            created_at: now.clone(),
            updated_at: now,
        })
    }
}
