//! Express, Fastify and NestJS.

use super::check;

#[test]
fn express_mounts_routers_of_other_files() {
    let app = "const express = require('express');\nconst items = require('./routes/items');\n\
               const app = express();\napp.use(express.json());\napp.use('/api/items', guard, items);\n\
               app.use('/users', require('./routes/users'));\n\
               app.get('/health', (req, res) => res.send('ok'));\n\
               app.route('/books').get(list).post(create);\napp.get('env');\n";
    let items = "const router = require('express').Router();\n\
                 router.get('/:id', auth, show);\nmodule.exports = router;\n";
    let users = "import { Router } from 'express';\nconst users = Router();\n\
                 users.delete('/:id(\\\\d+)', async (req, res) => {});\nexport default users;\n";
    check(
        &[("src/app.js", app), ("src/routes/items.js", items), ("src/routes/users.ts", users)],
        &[
            "GET /api/items/:id show",
            "DELETE /users/:id(\\\\d+) ",
            "GET /health ",
            "GET /books list",
            "POST /books create",
        ],
    );
}

#[test]
fn express_routers_are_made_by_functions_and_given_to_them() {
    let app = "import express from 'express';\nimport { createItems } from './items';\n\
               import routes from './more';\nconst app = express();\n\
               app.use('/items', createItems(db));\nroutes(app);\n";
    let items = "import { Router } from 'express';\nexport function createItems(db) {\n\
                 \x20 const router = Router();\n  router.post('/', create);\n  return router;\n}\n";
    let more = "import express from 'express';\nexport default (app) => {\n\
                \x20 app.put('/more', change);\n};\n";
    check(
        &[("src/app.ts", app), ("src/items.ts", items), ("src/more.ts", more)],
        &["POST /items create", "PUT /more change ?"],
    );
}

#[test]
fn a_client_has_no_routes() {
    let text = "import axios from 'axios';\nimport { Router } from 'x';\nconst r = Router();\n\
                const api = axios.create();\napi.get('/users', config);\napi.post('/users', data);\n\
                fetcher.get('/x', y);\n";
    check(&[("src/client.ts", text)], &[]);
}

#[test]
fn fastify_registers_plugins_with_prefixes() {
    let server = "import Fastify from 'fastify';\nimport items from './items.js';\n\
                  const server = Fastify({ logger: true });\n\
                  server.register(items, { prefix: '/items' });\n\
                  server.route({ method: ['PUT', 'PATCH'], url: '/x/:id', handler: change });\n\
                  server.get('/health', { schema }, async () => 'ok');\n";
    let items = "export default async function items(fastify, options) {\n\
                 \x20 fastify.get('/:id', async (request) => {});\n}\n";
    check(
        &[("src/server.ts", server), ("src/items.ts", items)],
        &["PUT /x/:id change", "PATCH /x/:id change", "GET /health ", "GET /items/:id  ?"],
    );
}

#[test]
fn nest_controllers_stand_under_the_global_prefix() {
    let main = "async function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n\
                \x20 app.setGlobalPrefix('api');\n}\n";
    let items = "@Controller('items')\nexport class ItemsController {\n  @Get()\n  list() {}\n\n\
                 \x20 @UseGuards(Guard)\n  @Get(':id')\n  show(@Param('id') id: string) {}\n\n\
                 \x20 @Post(['a', 'b'])\n  @HttpCode(201)\n  create() {}\n}\n\
                 @Controller({ path: 'users', version: '1' })\nclass Users { @Delete(':id') drop() {} }\n";
    let expected = [
        "GET /api/items list",
        "GET /api/items/:id show",
        "POST /api/items/a create",
        "POST /api/items/b create",
        "DELETE /api/users/:id drop",
    ];
    let own = expected.map(|it| it.replace("/api", ""));
    check(&[("src/main.ts", main), ("src/items.controller.ts", items)], &expected);
    check(&[("src/items.controller.ts", items)], &own.each_ref().map(String::as_str));
}
