//! FastAPI, Flask and Django.

use super::check;

#[test]
fn fastapi_joins_prefixes_across_files() {
    let main = "from fastapi import FastAPI\nfrom app.api import api_router\n\
                from app.config import settings\nfrom .routers import items, users as people\n\
                app = FastAPI()\n\
                app.include_router(items.router, prefix=\"/items\")\n\
                app.include_router(people.router)\n\
                app.include_router(api_router, prefix=settings.API_PREFIX)\n\
                @app.get(\"/health\")\nasync def health():\n    pass\n";
    let items = "from fastapi import APIRouter\nrouter = APIRouter()\n\
                 @router.get(\"/{item_id}\")\ndef show(item_id: int):\n    pass\n\
                 @router.api_route(\"/\", methods=[\"PUT\", \"PATCH\"])\ndef change():\n    pass\n";
    let users = "from fastapi import APIRouter\nrouter = APIRouter(prefix=\"/users\", tags=[])\n\
                 @router.post(\"\", status_code=201)\nasync def create():\n    pass\n";
    let api = "from fastapi import APIRouter\napi_router = APIRouter()\n\
               @api_router.delete(path=\"/old\")\ndef old():\n    pass\n";
    let config =
        "from fastapi import FastAPI\nclass Settings:\n    API_PREFIX: str = \"/api/v1\"\n";
    check(
        &[
            ("app/main.py", main),
            ("app/routers/items.py", items),
            ("app/routers/users.py", users),
            ("app/api/__init__.py", api),
            ("app/config.py", config),
        ],
        &[
            "GET /health health",
            "GET /items/{item_id} show",
            "PUT /items change",
            "PATCH /items change",
            "POST /users create",
            "DELETE /api/v1/old old ?",
        ],
    );
}

#[test]
fn a_fastapi_router_that_nobody_includes_is_less_sure() {
    let text = "from fastapi import APIRouter\nr = APIRouter(prefix=\"/x\")\n\
                @r.get(\"/{id}\")\ndef x(id): ...\n";
    check(&[("x.py", text)], &["GET /x/{id} x ?"]);
}

#[test]
fn routers_that_include_one_another_end() {
    let text = "from fastapi import APIRouter\na = APIRouter()\nb = APIRouter()\n\
                a.include_router(b, prefix=\"/b\")\nb.include_router(a, prefix=\"/a\")\n\
                @a.get(\"/x\")\ndef x(): ...\n";
    let file = crate::code::read_code("x.py", text).expect("a file of code");
    assert_eq!(crate::code::link_routes(&[file]).len(), 1);
}

#[test]
fn flask_registers_blueprints() {
    let app = "from flask import Flask\nfrom shop.items import bp as items_bp\n\
               import shop.users\n\
               def create_app():\n    app = Flask(__name__)\n\
               \x20   app.register_blueprint(items_bp, url_prefix=\"/v2/items\")\n\
               \x20   app.register_blueprint(shop.users.bp)\n\
               \x20   @app.route(\"/health\")\n    def health():\n        pass\n\
               \x20   app.add_url_rule(\"/x\", \"x\", view_func=see, methods=[\"POST\"])\n\
               \x20   return app\n";
    let items = "from flask import Blueprint\nbp = Blueprint(\"items\", __name__, url_prefix=\"/items\")\n\
                 @bp.route(\"/<int:id>\", methods=[\"GET\", \"DELETE\"])\ndef item(id):\n    pass\n";
    let users = "from flask import Blueprint\nbp = Blueprint(\"users\", __name__, url_prefix=\"/users\")\n\
                 @bp.post(\"/\")\ndef create():\n    pass\n";
    check(
        &[("shop/app.py", app), ("shop/items.py", items), ("shop/users.py", users)],
        &[
            "GET /v2/items/<int:id> item",
            "DELETE /v2/items/<int:id> item",
            "POST /users create",
            "GET /health health",
            "POST /x see",
        ],
    );
}

#[test]
fn flask_resources_answer_their_methods() {
    let text = "from flask import Flask\nfrom flask_restful import Api, Resource\n\
                class Items(Resource):\n    def get(self):\n        pass\n    def post(self):\n        pass\n\
                app = Flask(__name__)\napi = Api(app)\napi.add_resource(Items, \"/items\")\n";
    check(&[("app.py", text)], &["GET /items Items ?", "POST /items Items ?"]);
}

#[test]
fn django_includes_modules_and_routers() {
    let project = "from django.contrib import admin\nfrom django.urls import include, path\n\
                   urlpatterns = [\n    path(\"admin/\", admin.site.urls),\n\
                   \x20   path(\"api/\", include(\"shop.urls\")),\n]\n";
    let shop = "from django.urls import include, path, re_path\nfrom . import views\n\
                router = DefaultRouter()\nrouter.register(r\"items\", views.ItemViewSet)\n\
                urlpatterns = [\n    path(\"v1/\", include(router.urls)),\n\
                \x20   path(\"orders/<int:pk>/\", views.OrderDetail.as_view()),\n\
                \x20   re_path(r\"^old/(?P<slug>[^/.]+)/$\", views.old),\n]\n";
    check(
        &[("project/urls.py", project), ("shop/urls.py", shop)],
        &[
            "GET /api/v1/items/ views.ItemViewSet ?",
            "POST /api/v1/items/ views.ItemViewSet ?",
            "GET /api/v1/items/{pk}/ views.ItemViewSet ?",
            "PUT /api/v1/items/{pk}/ views.ItemViewSet ?",
            "PATCH /api/v1/items/{pk}/ views.ItemViewSet ?",
            "DELETE /api/v1/items/{pk}/ views.ItemViewSet ?",
            "ANY /api/orders/<int:pk>/ OrderDetail",
            "ANY /api/old/<slug>/ views.old",
        ],
    );
}
