//! The same service with its rows in PostgreSQL.

use groundplan_live::{Database, Fault, Report};
use groundplan_tests::{TestDatabase, postgres};

use super::service::{Service, example, key_options};
use super::{failed, verified};

fn verified_on(database: &TestDatabase, fault: Option<Fault>) -> Report {
    let service = Service::start_on(Database::Postgres(database.url()), &example(), fault);
    service.verify(&key_options(service.url())).expect("it answers")
}

#[test]
fn the_example_gives_the_same_report_on_both_databases() {
    let Some(database) = postgres() else { return };
    assert_eq!(verified_on(&database, None).rows, verified(None).rows);
}

#[test]
fn every_seeded_fault_breaks_the_same_rows_on_both_databases() {
    for fault in Fault::ALL {
        let Some(database) = postgres() else { return };
        let found = verified_on(&database, Some(fault));
        assert_eq!(failed(&found), failed(verified(Some(fault))), "{fault:?}");
    }
}

#[test]
fn rows_in_postgresql_outlive_the_service_and_a_second_run_passes_as_well() {
    let Some(database) = postgres() else { return };
    let first = verified_on(&database, None);
    assert_eq!(verified_on(&database, None).rows, first.rows);
}
