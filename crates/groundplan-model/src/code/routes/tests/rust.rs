//! axum and actix-web.

use super::check;

#[test]
fn axum_routes_stand_under_what_they_are_nested_in() {
    let text = r#"
        use axum::{Router, routing::{get, post}};
        async fn main() {
            let items = Router::new()
                .route("/", get(list).post(create))
                .route("/{id}", get(items::show).delete(|| async {}));
            let app = Router::new().nest("/api/items", items).route("/health", get(health));
            axum::serve(listener, app.into_make_service()).await.unwrap();
        }
    "#;
    check(
        &[("src/main.rs", text)],
        &[
            "GET /api/items list",
            "POST /api/items create",
            "GET /api/items/{id} items::show",
            "DELETE /api/items/{id} ",
            "GET /health health",
        ],
    );
}

#[test]
fn axum_routers_come_from_functions_of_other_files() {
    let main = r#"
        mod items;
        use axum::Router;
        #[tokio::main]
        async fn main() {
            let app = Router::new().nest("/items", items::router(state)).merge(orders());
            axum::serve(listener, app).await;
        }
        fn orders() -> Router { Router::new().route("/orders", axum::routing::post(create)) }
    "#;
    let items = r#"
        use axum::{routing::get, Router};
        pub fn router(state: S) -> Router {
            let router = Router::new().route("/:id", get(show));
            router.route("/", get(list)).with_state(state)
        }
    "#;
    check(
        &[("src/main.rs", main), ("src/items.rs", items)],
        &["GET /items list", "GET /items/:id show", "POST /orders create"],
    );
}

#[test]
fn an_axum_router_that_nobody_nests_is_less_sure() {
    let text = "use axum::Router;\nfn router() -> Router { Router::new().route(\"/x\", get(x)) }";
    check(&[("src/x.rs", text)], &["GET /x x ?"]);
}

#[test]
fn actix_attributes_are_registered_in_scopes() {
    let text = r#"
        use actix_web::{get, post, web, App, HttpServer};
        #[get("/items")]
        async fn list() {}
        #[post("/items")]
        async fn create() {}
        async fn main() {
            HttpServer::new(|| {
                App::new()
                    .service(web::scope("/api").service(list).service(create))
                    .service(
                        web::resource("/users/{id}")
                            .route(web::get().to(show))
                            .route(web::delete().to(remove)),
                    )
                    .route("/health", web::get().to(health))
            })
        }
    "#;
    check(
        &[("src/main.rs", text)],
        &[
            "GET /api/items list",
            "POST /api/items create",
            "GET /users/{id} show",
            "DELETE /users/{id} remove",
            "GET /health health",
        ],
    );
}

#[test]
fn actix_configures_from_other_files() {
    let main = r#"
        use actix_web::{web, App};
        fn app() { App::new().service(web::scope("/v1").configure(items::config)); }
    "#;
    let items = r#"
        use actix_web::{get, web};
        #[get("/items")]
        async fn list() {}
        pub fn config(cfg: &mut web::ServiceConfig) {
            cfg.service(list).route("/more", web::post().to(more));
        }
    "#;
    check(
        &[("src/main.rs", main), ("src/items.rs", items)],
        &["GET /v1/items list", "POST /v1/more more"],
    );
}
