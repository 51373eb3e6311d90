//! gin, echo, chi and Spring.

use super::check;

#[test]
fn gin_groups_are_passed_on() {
    let main = "package main\nimport (\n\t\"github.com/gin-gonic/gin\"\n\t\"shop/users\"\n)\n\
                func main() {\n\tr := gin.Default()\n\tr.GET(\"/health\", health)\n\
                \tv1 := r.Group(\"/v1\")\n\t{\n\t\tv1.POST(\"/items\", auth(), h.Create)\n\
                \t\titems := v1.Group(\"/items\", auth())\n\t\titems.GET(\"/:id\", h.Show)\n\t}\n\
                \tusers.Register(v1)\n\tr.Handle(\"DELETE\", \"/x\", func(c *gin.Context) {})\n}\n";
    let users = "package users\nimport \"github.com/gin-gonic/gin\"\n\
                 func Register(rg *gin.RouterGroup) {\n\tg := rg.Group(\"/users\")\n\
                 \tg.PUT(\"/:id\", change)\n\tg.Any(\"/*rest\", all)\n}\n";
    check(
        &[("cmd/main.go", main), ("users/routes.go", users)],
        &[
            "GET /health health",
            "POST /v1/items h.Create",
            "GET /v1/items/:id h.Show",
            "DELETE /x ",
            "PUT /v1/users/:id change",
            "ANY /v1/users/*rest all",
        ],
    );
}

#[test]
fn echo_takes_the_handler_before_its_middleware() {
    let text = "package main\nimport \"github.com/labstack/echo/v4\"\nfunc main() {\n\
                \te := echo.New()\n\tapi := e.Group(\"/api\")\n\tapi.GET(\"/items\", list, guard)\n\
                \te.Add(\"PATCH\", \"/x\", change)\n}\n";
    check(&[("main.go", text)], &["GET /api/items list", "PATCH /x change"]);
}

#[test]
fn chi_routes_stand_in_functions() {
    let main = "package main\nimport \"github.com/go-chi/chi/v5\"\nfunc main() {\n\
                \tr := chi.NewRouter()\n\tr.Use(logger)\n\tr.Get(\"/health\", health)\n\
                \tr.Route(\"/items\", func(r chi.Router) {\n\t\tr.With(page).Get(\"/\", list)\n\
                \t\tr.Route(\"/{id}\", func(r chi.Router) {\n\t\t\tr.Put(\"/\", change)\n\t\t})\n\t})\n\
                \tr.Group(func(r chi.Router) {\n\t\tr.Post(\"/login\", login)\n\t})\n\
                \tr.Mount(\"/admin\", adminRouter())\n\thttp.ListenAndServe(\":80\", r)\n}\n\
                func adminRouter() chi.Router {\n\ta := chi.NewRouter()\n\ta.Delete(\"/x\", drop)\n\treturn a\n}\n";
    check(
        &[("main.go", main)],
        &[
            "GET /health health",
            "GET /items list",
            "PUT /items/{id} change",
            "POST /login login",
            "DELETE /admin/x drop",
        ],
    );
}

#[test]
fn spring_mappings_of_class_and_method_are_joined() {
    let text = "@RestController\n@RequestMapping(\"/api/items\")\npublic class Items {\n\
                \x20 @GetMapping\n  public List<Item> list() { return null; }\n\
                \x20 @GetMapping(\"/{id}\")\n  public Item show(@PathVariable(\"id\") long id) { return null; }\n\
                \x20 @PostMapping(value = \"/\", consumes = \"application/json\")\n  Item create() { return null; }\n\
                \x20 @RequestMapping(path = {\"/a\", \"/b\"}, method = {RequestMethod.PUT, RequestMethod.PATCH})\n\
                \x20 void change() {}\n}\n";
    check(
        &[("src/main/java/Items.java", text)],
        &[
            "GET /api/items list",
            "GET /api/items/{id} show",
            "POST /api/items create",
            "PUT /api/items/a change",
            "PUT /api/items/b change",
            "PATCH /api/items/a change",
            "PATCH /api/items/b change",
        ],
    );
}

#[test]
fn routes_of_tests_are_guessed() {
    let text = "package x\nimport \"github.com/gin-gonic/gin\"\nfunc TestX() {\n\tr := gin.New()\n\
                \tr.GET(\"/x\", x)\n}\n";
    check(&[("x_test.go", text)], &["GET /x x ??"]);
}
