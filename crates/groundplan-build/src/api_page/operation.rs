//! One operation on the page.

use serde_json::Value;

use super::html::{self, escape, prose};
use super::{example, schema, text};

const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// An operation with its method and path.
pub(super) struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    value: &'a Value,
}

/// Every operation, in the order of the paths.
pub(super) fn all(openapi: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = openapi.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten();
        let operations = members.filter(|(method, _)| METHODS.contains(&method.as_str()));
        operations.map(move |(method, value)| Operation { method, path, value })
    })
}

impl<'a> Operation<'a> {
    /// The group that it is shown in.
    pub(super) fn tag(&self) -> &'a str {
        text(self.value, "/tags/0")
    }

    fn id(&self) -> String {
        html::id("operation", text(self.value, "/operationId"))
    }

    fn badge(&self) -> String {
        let method = escape(self.method);
        format!("<span class=\"method {method}\">{}</span>", method.to_ascii_uppercase())
    }

    /// Its line of the navigation.
    pub(super) fn link(&self) -> String {
        let (id, badge) = (self.id(), self.badge());
        let (summary, path) = (escape(self.summary()), escape(self.path));
        format!("<li><a href=\"#{id}\" title=\"{path}\">{badge} {summary}</a></li>\n")
    }

    fn summary(&self) -> &'a str {
        match text(self.value, "/summary") {
            "" => text(self.value, "/operationId"),
            summary => summary,
        }
    }

    /// Everything about it, folded until it is asked for.
    pub(super) fn article(&self, openapi: &Value) -> String {
        let (id, badge, path) = (self.id(), self.badge(), path_html(self.path));
        let summary = prose(self.summary());
        let parts = [
            self.origin(),
            self.parameters(),
            self.request(openapi),
            self.responses(openapi),
            self.form(openapi),
        ];
        format!(
            "<details class=\"operation\" id=\"{id}\">\n<summary>{badge} \
             <span class=\"path\">{path}</span> <span class=\"what\">{summary}</span></summary>\n\
             <div class=\"body\">\n{}</div>\n</details>\n",
            parts.concat()
        )
    }

    /// Where the document states it, and whether there is anything behind it.
    fn origin(&self) -> String {
        let source = escape(text(self.value, "/x-source"));
        let stub = match text(self.value, "/x-handler") {
            "stub" => " The document does not say enough to answer it: it answers 501.",
            _ => "",
        };
        let id = escape(text(self.value, "/operationId"));
        format!("<p class=\"note\"><code>{id}</code>, stated in <code>{source}</code>.{stub}</p>\n")
    }

    fn parameter_values(&self) -> &'a [Value] {
        self.value.get("parameters").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn parameters(&self) -> String {
        let rows: String = self.parameter_values().iter().map(parameter_row).collect();
        if rows.is_empty() {
            return rows;
        }
        let table = html::table(&["Name", "In", "Type", "Bounds"], &rows);
        format!("<h4>Parameters</h4>\n{table}")
    }

    /// The first media type of the body.
    fn body(&self) -> Option<(&'a String, &'a Value)> {
        let content = self.value.get("requestBody")?.get("content")?.as_object()?;
        content.iter().next()
    }

    fn request(&self, openapi: &Value) -> String {
        let Some((_, media)) = self.body() else { return String::new() };
        let content = self.value.pointer("/requestBody/content").and_then(Value::as_object);
        let types =
            content.into_iter().flatten().map(|(name, _)| format!("<code>{}</code>", escape(name)));
        let types = types.collect::<Vec<_>>().join(" or ");
        let shape = media.get("schema").unwrap_or(&Value::Null);
        let (label, table) = (schema::label(shape), schema::table(openapi, shape));
        let example = html::json(&example::of_media(openapi, media));
        format!(
            "<h4>Body: {label}</h4>\n<p class=\"note\">{types}</p>\n{table}\
             <pre tabindex=\"0\"><code>{example}</code></pre>\n"
        )
    }

    fn responses(&self, openapi: &Value) -> String {
        let responses = self.value.get("responses").and_then(Value::as_object);
        let rows: String = responses.into_iter().flatten().map(response_row).collect();
        let table = html::table(&["Status", "When", "Body", "Headers"], &rows);
        format!("<h4>Answers</h4>\n{table}{}", self.answer_example(openapi))
    }

    fn answer_example(&self, openapi: &Value) -> String {
        let responses = self.value.get("responses").and_then(Value::as_object);
        let success = responses.into_iter().flatten().find(|(status, _)| status.starts_with('2'));
        let Some((status, answer)) = success else { return String::new() };
        let Some(media) = answer.pointer("/content/application~1json") else {
            return String::new();
        };
        let example = html::json(&example::of_media(openapi, media));
        let status = escape(status);
        format!(
            "<p class=\"note\">Example of {status}</p>\n<pre tabindex=\"0\"><code>{example}</code></pre>\n"
        )
    }

    /// The form that sends a request; the script shows it.
    fn form(&self, openapi: &Value) -> String {
        let (id, method, path) = (self.id(), self.method.to_ascii_uppercase(), escape(self.path));
        let inputs = self.parameter_values().iter().map(|it| parameter_input(&id, it));
        let inputs: String = inputs.collect();
        let body = self.body_input(openapi, &id);
        format!(
            "<form class=\"try\" data-method=\"{method}\" data-path=\"{path}\" hidden>\n\
             <h4>Try it</h4>\n<div class=\"inputs\">{inputs}</div>\n{body}\
             <button type=\"submit\">Send {method}</button>\n\
             <div class=\"answer\" role=\"status\" aria-live=\"polite\"></div>\n</form>\n"
        )
    }

    fn body_input(&self, openapi: &Value, id: &str) -> String {
        let Some((media_type, media)) = self.body() else { return String::new() };
        let example = html::json(&example::of_media(openapi, media));
        let lines = example.lines().count().clamp(3, 16);
        let media_type = escape(media_type);
        format!(
            "<label class=\"wide\" for=\"{id}-body\">Body</label>\n<textarea id=\"{id}-body\" \
             data-media-type=\"{media_type}\" rows=\"{lines}\" spellcheck=\"false\">\
             {example}</textarea>\n"
        )
    }
}

/// The path with its parameters set apart.
fn path_html(path: &str) -> String {
    escape(path).replace('/', "/<wbr>").replace('{', "<var>{").replace('}', "}</var>")
}

fn parameter_row(parameter: &Value) -> String {
    let name = escape(text(parameter, "/name"));
    let place = escape(text(parameter, "/in"));
    let shape = parameter.get("schema").unwrap_or(&Value::Null);
    let types = escape(&schema::types(shape));
    let description = prose(text(parameter, "/description"));
    let bounds = schema::bounds(shape);
    let notes = [description, bounds].into_iter().filter(|it| !it.is_empty());
    let notes = notes.collect::<Vec<_>>().join("; ");
    format!(
        "<tr><th scope=\"row\"><code>{name}</code></th><td>{place}</td><td>{types}</td>\
         <td>{notes}</td></tr>\n"
    )
}

fn parameter_input(id: &str, parameter: &Value) -> String {
    let name = escape(text(parameter, "/name"));
    let place = escape(text(parameter, "/in"));
    let required = if place == "path" { " required" } else { "" };
    let input = format!("{id}-{place}-{name}");
    format!(
        "<label for=\"{input}\"><span>{name}</span><input id=\"{input}\" name=\"{name}\" \
         data-in=\"{place}\" autocomplete=\"off\" spellcheck=\"false\"{required}></label>"
    )
}

fn response_row((status, response): (&String, &Value)) -> String {
    let class = escape(status.get(..1).unwrap_or(""));
    let status = escape(status);
    let description = prose(text(response, "/description"));
    let content = response.get("content").and_then(Value::as_object);
    let body = content.into_iter().flatten().map(|(media_type, media)| {
        let label = media.get("schema").map_or_else(String::new, schema::label);
        match media_type.as_str() {
            "application/json" => label,
            other => format!("{label}<br><span class=\"note\">{}</span>", escape(other)),
        }
    });
    let headers = response.get("headers").and_then(Value::as_object);
    let headers =
        headers.into_iter().flatten().map(|(name, _)| format!("<code>{}</code>", escape(name)));
    format!(
        "<tr><th scope=\"row\"><span class=\"status s{class}\">{status}</span></th>\
         <td>{description}</td><td>{}</td><td>{}</td></tr>\n",
        body.collect::<String>(),
        headers.collect::<Vec<_>>().join(" ")
    )
}
