//! Clients leave while the database works for them.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use groundplan_tests::postgres;

use super::eventually;
use super::gone::{create, header};
use crate::replicas::notes;
use crate::sessions::http::{request, split};
use crate::sessions::program::Serving;

/// More than the service has connections for statements that stand alone.
const CLIENTS: usize = 40;

/// Asks for a row to be made, and does not wait for the answer.
fn ask(url: &str, token: &str, title: &str) -> TcpStream {
    let (host, _) = split(url);
    let body = format!("{{\"title\": \"{title}\"}}");
    let mut stream = TcpStream::connect(host).expect("the service listens");
    write!(
        stream,
        "POST /api/v1/notes HTTP/1.1\r\nHost: {host}\r\n{token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("the service reads");
    stream
}

#[test]
fn clients_that_leave_in_the_middle_of_a_statement_leave_its_connection_whole() {
    let Some(database) = postgres() else { return };
    let folder = notes("");
    let settings = ["run", ".", "--port", "0", "--database", &database.url()];
    let service = Serving::start(folder.path(), &settings);
    let (url, token) = (service.url(), header(&folder));
    assert_eq!(create(url, &token, "first").status, 201);

    let limit = Duration::from_secs(15);
    let lock = database.lock("notes");
    let ask_all = |round: &str| -> Vec<TcpStream> {
        (0..CLIENTS).map(|at| ask(url, &token, &format!("{round} {at}"))).collect()
    };
    let clients = ask_all("one");
    eventually("statements wait for the table", limit, || lock.waiting() > 0);
    drop(clients);
    drop(ask_all("two"));
    lock.release();

    let list = || request("GET", &format!("{url}/api/v1/notes?limit=100"), &[&token], "");
    eventually("all connections answer", limit, || (0..CLIENTS).all(|_| list().status == 200));
    for at in 0..CLIENTS {
        let title = format!("later {at}");
        let made = create(url, &token, &title);
        assert_eq!(made.status, 201, "{made:?}");
        assert_eq!(made.json()["title"], title.as_str(), "an answer is that of its request");
    }
    let titles = list().body;
    for round in ["one", "two"] {
        for at in 0..CLIENTS {
            let title = format!("\"{round} {at}\"");
            assert!(titles.matches(&title).count() <= 1, "{title} was made twice: {titles}");
        }
    }
}
