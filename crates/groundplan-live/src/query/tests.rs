//! Query strings of lists, and the SQL that they ask for.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{
    Filter, PageForm, Paging, Query, Resource, Role, Search, Sort, Test,
};

use super::{Asked, Condition, Parameters, Start, with_parameter, write_cursor};
use crate::fixture::{column, every_type, resource};
use crate::store::{Cell, FIRST_VALUE};

fn paging(form: PageForm) -> Option<Paging> {
    Some(Paging { form, limit: "limit".to_owned(), default: 20, max: 100 })
}

/// Every filter of every column of [`every_type`] that the tests ask for.
fn query() -> Query {
    let filter =
        |parameter: &str, column, test| Filter { parameter: parameter.to_owned(), column, test };
    Query {
        open: false,
        filters: vec![
            filter("count", 1, Test::Equal),
            filter("count[gte]", 1, Test::AtLeast),
            filter("price_max", 3, Test::AtMost),
            filter("open", 4, Test::Equal),
            filter("name", 5, Test::Equal),
            filter("name[in]", 5, Test::In),
            filter("name[like]", 5, Test::Like),
            filter("name[ne]", 5, Test::NotEqual),
            filter("name[null]", 5, Test::IsNull),
            filter("seen_after", 6, Test::MoreThan),
        ],
        search: Some(Search { parameter: "q".to_owned(), columns: vec![5] }),
        sort: Some(Sort {
            parameter: "sort".to_owned(),
            direction: Some("order".to_owned()),
            keys: vec![("count".to_owned(), 1), ("price".to_owned(), 3), ("id".to_owned(), 0)],
        }),
        paging: paging(PageForm::Cursor("cursor".to_owned())),
        fields: Some("fields".to_owned()),
        include: None,
        deleted: None,
        idle: vec!["colour".to_owned()],
    }
}

fn parameters() -> Parameters {
    Parameters::new(&every_type(), &query(), None)
}

fn read(query: &str) -> Result<Asked, Vec<String>> {
    let refused = parameters().read(query, false);
    refused.map_err(|it| it.faults.into_iter().map(|fault| fault.field).collect())
}

/// The conditions of a query as SQL, with how many values they have.
fn sql(query: &str) -> (String, usize) {
    let asked = read(query).expect("a query that fits");
    let (mut sql, mut number, mut values) = (String::new(), FIRST_VALUE, Vec::new());
    for condition in &asked.conditions {
        condition.write("t", &every_type().table.columns, &mut number, &mut sql);
        condition.push_values(&mut values);
    }
    (sql, values.len())
}

#[test]
fn an_empty_query_asks_for_the_first_twenty() {
    let asked = read("").expect("a page");
    assert_eq!((asked.limit, asked.start, asked.order), (20, Start::First, None));
    assert!(asked.conditions.is_empty());
}

#[test]
fn filters_are_typed_decoded_and_sorted_by_column() {
    let asked = read("name=a%20b+c%2B&&open=true&limit=100").expect("a page");
    let compare =
        |column, value| Condition::Compare { column, test: Test::Equal, values: vec![value] };
    let name = Cell::Text("a b c+".to_owned());
    assert_eq!(asked.conditions, [compare(4, Cell::Integer(1)), compare(5, name)]);
    assert_eq!(asked.limit, 100);
}

#[test]
fn every_fault_is_named() {
    let faults = read("limit=0&count=x&nothing=1&sort=name&fields=password&order=up&cursor=x");
    let names = ["limit", "count", "nothing", "sort", "fields", "order", "cursor"];
    assert_eq!(faults, Err(names.map(str::to_owned).to_vec()));
}

#[test]
fn a_lenient_client_may_send_what_nobody_knows() {
    assert!(parameters().read("nothing=1&colour=red", true).is_ok());
    assert!(parameters().read("limit=x", true).is_err(), "a known one has to fit");
}

#[test]
fn limits_outside_their_bounds_are_refused() {
    for limit in ["0", "101", "-1", "+5", "05", "1.0", "", "99999999999999999999999"] {
        assert!(read(&format!("limit={limit}")).is_err(), "{limit}");
    }
}

#[test]
fn a_parameter_may_stand_once() {
    assert_eq!(read("limit=1&limit=1"), Err(vec!["limit".to_owned()]));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    for query in ["name=%ff", "name=%", "%zz=1", "q=%00", "name[like]=a%5C"] {
        assert!(read(query).is_err(), "{query}");
    }
}

#[test]
fn a_query_of_very_many_parameters_is_refused_early() {
    let many: Vec<String> = (0..1000).map(|number| format!("p{number}=1")).collect();
    assert!(read(&many.join("&")).is_err());
    assert!(parameters().read(&many.join("&"), true).is_err());
}

#[test]
fn a_clients_text_is_never_in_the_sql() {
    let evil = "%27%3B+DROP+TABLE+t--";
    for name in ["name", "name[in]", "name[like]", "name[ne]", "q"] {
        let (sql, values) = sql(&format!("{name}={evil}"));
        assert!(!sql.contains("DROP"), "{sql}");
        assert_eq!(values, 1, "{sql}");
    }
}

#[test]
fn comparisons_mean_the_same_in_both_databases() {
    let expected = " AND t.\"count\" >= CAST(?5 AS BIGINT) \
                    AND CAST(t.\"price\" AS NUMERIC) <= CAST(?6 AS NUMERIC) \
                    AND (t.\"name\" <> ?7 OR t.\"name\" IS NULL)";
    assert_eq!(sql("name[ne]=x&price_max=9.50&count[gte]=-3"), (expected.to_owned(), 3));
    let expected = " AND t.\"name\" IN (?5, ?6) AND t.\"name\" IS NOT NULL";
    assert_eq!(sql("name[in]=a,b&name[null]=false"), (expected.to_owned(), 2));
}

#[test]
fn a_search_takes_its_text_as_it_is() {
    let asked = read("q=50%25_Off").expect("a page");
    let pattern = Cell::Text("%50\\%\\_off%".to_owned());
    assert_eq!(asked.conditions, [Condition::Contain { columns: vec![5], pattern }]);
    assert_eq!(sql("q=a").0, " AND (lower(t.\"name\") LIKE ?5 ESCAPE '\\')");
}

#[test]
fn a_day_is_its_beginning_where_a_time_is_asked_for() {
    let asked = read("seen_after=2026-03-04").expect("a page");
    let values = vec![Cell::Text("2026-03-04T00:00:00.000000Z".to_owned())];
    let condition = Condition::Compare { column: 6, test: Test::MoreThan, values };
    assert_eq!(asked.conditions, [condition]);
}

fn order_of(query: &str) -> String {
    let asked = read(query).expect("a page");
    asked.order.expect("an order").sql("t", &every_type().table.columns)
}

#[test]
fn the_key_ends_every_order_and_null_is_the_smallest() {
    assert_eq!(order_of("sort=-count"), "t.\"count\" DESC NULLS LAST, t.\"id\"");
    let both = "CAST(t.\"price\" AS NUMERIC) NULLS FIRST, t.\"count\" DESC NULLS LAST, t.\"id\"";
    assert_eq!(order_of("sort=price,-count"), both);
    assert_eq!(order_of("sort=count:desc"), order_of("sort=count&order=desc"));
    assert_eq!(order_of("sort=-id"), "t.\"id\" DESC");
}

/// Rows behind the last one, as SQL.
fn behind(sort: &str, values: &[Cell]) -> String {
    let columns = every_type().table.columns;
    let asked = read(&format!("sort={sort}")).expect("a page");
    asked.order.expect("an order").after("t", &columns, values, FIRST_VALUE)
}

#[test]
fn a_page_begins_behind_a_row_whatever_is_null_there() {
    let id = Cell::Text("0".to_owned());
    let down = "((t.\"count\" < CAST(?5 AS BIGINT) OR t.\"count\" IS NULL)) \
                OR (t.\"count\" = CAST(?5 AS BIGINT) AND t.\"id\" > ?6)";
    assert_eq!(behind("-count", &[Cell::Integer(1), id.clone()]), format!("({down})"));
    let null = "(t.\"count\" IS NOT NULL) OR (t.\"count\" IS NULL AND t.\"id\" > ?6)";
    assert_eq!(behind("count", &[Cell::Null, id.clone()]), format!("({null})"));
    let last = "(FALSE) OR (t.\"count\" IS NULL AND t.\"id\" > ?6)";
    assert_eq!(behind("-count", &[Cell::Null, id.clone()]), format!("({last})"));
    assert_eq!(behind("-id", &[id]), "(t.\"id\") < (?5)");
}

const ID: &str = "00000000-0000-4000-8000-000000000001";

#[test]
fn a_cursor_comes_back_as_it_was_given_out() {
    let parameters = parameters();
    let values = vec![Cell::Text(ID.to_owned())];
    let cursor = write_cursor(parameters.order(), &values);
    let asked = read(&format!("cursor={cursor}")).expect("a page");
    assert_eq!(asked.start, Start::After(values));
}

#[test]
fn a_cursor_of_another_order_is_refused() {
    let asked = read("sort=count").expect("a page");
    let values = vec![Cell::Integer(3), Cell::Text(ID.to_owned())];
    let cursor = write_cursor(&asked.order.expect("an order"), &values);
    let same = read(&format!("sort=count&cursor={cursor}")).expect("a page");
    assert_eq!(same.start, Start::After(values));
    for other in ["", "sort=-count", "sort=price"] {
        assert!(read(&format!("{other}&cursor={cursor}")).is_err(), "{other}");
    }
}

#[test]
fn invented_cursors_are_refused() {
    let parameters = parameters();
    let of = |values: &[Cell]| write_cursor(parameters.order(), values);
    let number = of(&[Cell::Integer(1)]);
    let null = of(&[Cell::Null]);
    let text = of(&[Cell::Text("no uuid".to_owned())]);
    for cursor in ["", "x", "W10", "e30", "%00", &number, &null, &text] {
        assert!(read(&format!("cursor={cursor}")).is_err(), "{cursor}");
    }
}

#[test]
fn pages_and_offsets_skip_rows() {
    let of = |form, text: &str| {
        let query = Query { paging: paging(form), ..Query::default() };
        let parameters = Parameters::new(&every_type(), &query, None);
        parameters.read(text, false).map(|it| it.start).ok()
    };
    let page = || PageForm::Page("page".to_owned());
    let offset = || PageForm::Offset("offset".to_owned());
    assert_eq!(of(page(), "page=3&limit=10"), Some(Start::Skip(20)));
    assert_eq!(of(page(), "page=0"), None);
    assert_eq!(of(offset(), "offset=7"), Some(Start::Skip(7)));
    assert_eq!(of(offset(), "offset=-7"), None);
    assert_eq!(of(page(), "page=99999999999999999999"), None);
}

#[test]
fn members_are_chosen_by_their_names() {
    let asked = read("fields=name,id,name").expect("a page");
    assert_eq!(asked.fields, Some(vec![5, 0]));
    assert!(read("fields=").is_err());
}

fn keyless() -> Resource {
    let number = column("number", ColumnType::Integer { auto: false });
    let extra: Column = column("extra", ColumnType::Json);
    let mut resource = resource(vec![(number, Role::Plain, false), (extra, Role::Plain, false)]);
    resource.table.primary_key.clear();
    resource
}

#[test]
fn rows_without_a_key_are_told_apart_by_all_that_compares() {
    let parameters = Parameters::new(&keyless(), &query(), None);
    let order = parameters.order().sql("t", &keyless().table.columns);
    assert_eq!(order, "t.\"number\" NULLS FIRST");
}

#[test]
fn the_next_page_keeps_what_else_was_asked_for() {
    let next = |query| with_parameter(query, "cursor", "new");
    assert_eq!(next("a=1&cursor=old&limit=2"), "a=1&limit=2&cursor=new");
    assert_eq!(next("%63ursor=old"), "cursor=new");
    assert_eq!(next(""), "cursor=new");
}

fn search(body: &str) -> Result<Asked, Vec<String>> {
    let refused = parameters().search("", body.as_bytes(), false);
    refused.map_err(|it| it.faults.into_iter().map(|fault| fault.field).collect())
}

#[test]
fn a_search_asks_in_its_body_what_a_list_asks_in_its_query() {
    let asked =
        search(r#"{"count": 3, "q": "Ann", "name[null]": false, "sort": "-count", "limit": 5}"#);
    let list = read("count=3&q=Ann&name[null]=false&sort=-count&limit=5");
    assert_eq!(asked, list);
    assert_eq!(search(""), read(""));
}

#[test]
fn several_values_are_an_array_whatever_is_in_them() {
    let asked = search(r#"{"name[in]": ["a,b", "c"]}"#).expect("a search that fits");
    let values = vec![Cell::Text("a,b".to_owned()), Cell::Text("c".to_owned())];
    assert_eq!(asked.conditions, [Condition::Compare { column: 5, test: Test::In, values }]);
}

#[test]
fn members_of_a_search_have_the_types_of_their_columns() {
    let wrong =
        r#"{"count": "3", "open": 1, "name": 5, "name[in]": "a", "limit": "5", "sort": ["count"]}"#;
    let mut faults = search(wrong).expect_err("none of them fits");
    faults.sort();
    assert_eq!(faults, ["count", "limit", "name", "name[in]", "open", "sort"]);
    assert_eq!(search(r#"{"name[in]": []}"#), Err(vec!["name[in]".to_owned()]));
    assert_eq!(search(r#"{"size": {"deep": 1}}"#), Err(vec!["size".to_owned()]));
}

#[test]
fn members_within_members_have_paths() {
    let filters = vec![
        Filter { parameter: "filters.count.gte".to_owned(), column: 1, test: Test::AtLeast },
        Filter { parameter: "filters.open".to_owned(), column: 4, test: Test::Equal },
    ];
    let parameters = Parameters::new(&every_type(), &Query { filters, ..Query::default() }, None);
    let body = br#"{"filters": {"count": {"gte": 2}, "open": true}}"#;
    let asked = parameters.search("", body, false).expect("a search that fits");
    assert_eq!(asked.conditions.len(), 2);
    let refused =
        parameters.search("", br#"{"filters": {"price": 2}}"#, false).expect_err("unknown");
    assert_eq!(refused.faults[0].field, "filters.price");
}

#[test]
fn the_address_of_a_search_says_which_page_and_nothing_else() {
    let body = br#"{"limit": 5, "count": 3}"#;
    let asked = parameters().search("limit=7", body, false).expect("a search that fits");
    assert_eq!((asked.limit, asked.conditions.len()), (7, 1));
    let paged = Query { paging: paging(PageForm::Page("page".to_owned())), ..Query::default() };
    let paged = Parameters::new(&every_type(), &paged, None);
    assert!(paged.search("page=2", br#"{"page": 1.0}"#, false).is_ok());
    assert!(paged.search("page=2", br#"{"page": 0}"#, false).is_err(), "it can be no page");
    let refused = parameters().search("count=3", body, false).expect_err("not in the address");
    assert_eq!(refused.faults[0].field, "count");
}

#[test]
fn bodies_of_searches_that_are_no_objects_are_refused() {
    for body in ["[]", "3", "{", "\u{0}"] {
        assert_eq!(search(body), Err(Vec::new()), "{body}");
    }
}
