//! A trait beside a document. Each test says what is told about a slip, and where.

use serde_json::{Value, json};

use super::{Sides, verify};
use crate::lower::Choices;
use crate::{AuthMode, configure};

const BEGIN: &str = "#[gatewright::rest_endpoint]\ntrait Shop {\n";

/// A REST API of every kind of operation that a trait can miss.
fn shop() -> Value {
    let ok = json!({"200": {"description": "ok"}});
    let signed = json!([{"sigv4": []}]);
    let text = json!({"type": "string"});
    json!({
        "openapi": "3.0.1",
        "info": {"title": "shop", "version": "2026-02-03T04:05:06Z"},
        "servers": [{"url": "https://s1.execute-api.eu-west-1.amazonaws.com/v1"}],
        "paths": {
            "/books": {
                "get": {
                    "parameters": [
                        {"name": "genre", "in": "query", "schema": text},
                        {"name": "page", "in": "query", "required": true, "schema": text},
                        {"name": "X-Trace", "in": "header", "schema": text},
                        {"name": "x-shop", "in": "header", "required": true, "schema": text},
                    ],
                    "responses": ok, "security": [],
                },
                "post": {
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
                    "responses": ok, "security": [{"sigv4": []}, {"key": []}],
                },
            },
            "/books/{bookId}": {
                "get": {"responses": ok, "security": signed},
                "put": {"responses": ok, "security": signed},
                "delete": {"responses": ok, "security": [{"ticket": []}]},
            },
            "/old/{proxy+}": {"x-amazon-apigateway-any-method": {"responses": ok, "security": signed}},
            "/open": {"get": {"responses": ok}},
        },
        "components": {"securitySchemes": {
            "sigv4": {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"},
            "key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
            "ticket": {
                "type": "apiKey", "name": "X-Ticket", "in": "header", "x-amazon-apigateway-authtype": "custom",
                "x-amazon-apigateway-authorizer": {"type": "token", "authorizerUri": "arn:aws:apigateway:x"},
            },
        }},
    })
}

/// What is told of a trait with these methods, a line for each problem.
fn told_by(choices: &Choices, document: &Value, methods: &str) -> String {
    told_of(
        &format!("{BEGIN}{methods}\n}}"),
        "src/shop.rs",
        document,
        choices,
    )
}

fn told_of(source: &str, file: &str, document: &Value, choices: &Choices) -> String {
    let document = document.to_string();
    let sides = Sides {
        file,
        source,
        title: "Shop",
        name: "shop.json",
        document: document.as_bytes(),
    };
    verify(
        &sides,
        &mut gatewright_document::Folder::of("api/t.json"),
        choices,
    )
    .err()
    .map_or_else(String::new, |error| error.to_string())
}

fn told(methods: &str) -> String {
    told_by(&Choices::default(), &shop(), methods)
}

#[test]
fn a_trait_that_fits_is_let_through() {
    let methods = r#"
        #[get("/books")]
        async fn books(&self, #[query] page: u32, #[query] genre: Option<&str>, #[header("x-trace")] trace: &str,
            #[header("X-Shop")] shop: &str) -> Sent;
        #[post("/books")] #[auth(api_key, iam)] async fn add(&self, #[body] book: &Book) -> Sent;
        #[get("/books/{id}")] #[auth(iam)] async fn book(&self, id: &str) -> Sent;
        #[put("/books/{id}")] #[auth(iam)] async fn replace(&self, id: &str, #[body] book: &Book) -> Sent;
        #[delete("/books/{id}")] async fn remove(&self, id: &str, #[header("x-ticket")] ticket: &str) -> Sent;
        #[get("/old/{a}/b")] #[auth(iam)] async fn old(&self, a: &str, #[query] whatever: &str) -> Sent;
        #[any("/old/{rest+}")] #[auth(iam)] async fn any(&self, #[method] method: Method, rest: &str) -> Sent;
        async fn provided(&self) -> Sent { self.books(1, None, "", "").await }"#;
    assert_eq!(told(methods), "");
}

#[test]
fn a_method_is_not_held_against_another_operation_than_its_own() {
    let mut document = shop();
    let gone = json!([{"$ref": "#/components/parameters/Gone"}]);
    document["paths"]["/old/{number}"] = json!({"get": {"parameters": gone, "responses": {}}, "put": {"responses": {}, "security": []}});
    let told = |methods: &str| told_by(&Choices::default(), &document, methods);
    let get = told("#[get(\"/old/{id}\")] #[auth(iam)] async fn old(&self, id: &str) -> Sent;");
    let place = "shop.json#/paths/~1old~1{number}/get/parameters/0";
    let expected = format!(
        "src/shop.rs:3:7: what the document says of `GET` of `/old/{{id}}` cannot be read ({place}): "
    );
    assert!(get.starts_with(&expected), "{get}");
    assert_eq!(
        told("#[put(\"/old/{id}\")] async fn put(&self, id: &str) -> Sent;"),
        ""
    );
    document["paths"]["/old/{number}"] = json!({"Fn::If": ["IsOpen", {}, {}]});
    let whole = told_by(
        &Choices::default(),
        &document,
        "#[put(\"/old/{id}\")] async fn put(&self, id: &str) -> Sent;",
    );
    assert!(whole.contains("`Fn::If` of CloudFormation"), "{whole}");
}

#[test]
fn a_path_names_both_places_and_what_was_meant() {
    assert_eq!(
        told("#[get(\"/bocks/{id}\")] #[auth(iam)] async fn book(&self, id: &str) -> Sent;"),
        "src/shop.rs:3:7: the document has no path `/bocks/{id}` (shop.json#/paths); did you mean `/books/{id}`?",
    );
    let greedy = told("#[get(\"/books/{id+}\")] async fn book(&self, id: &str) -> Sent;");
    assert!(greedy.ends_with("did you mean `/books/{id}`?"), "{greedy}");
    assert!(told("#[get(\"/old\")] async fn old(&self) -> Sent;").contains("no path `/old`"));
}

#[test]
fn a_method_names_those_of_the_path() {
    assert_eq!(
        told("#[patch(\"/books/{id}\")] async fn book(&self, id: &str) -> Sent;"),
        "src/shop.rs:3:9: the document has no `PATCH` of `/books/{id}`, only `GET`, `PUT`, `DELETE` \
         (shop.json#/paths/~1books~1{bookId})",
    );
    let any = told("#[any(\"/open\")] async fn open(&self, #[method] method: Method) -> Sent;");
    assert!(any.contains("no `ANY` of `/open`, only `GET`"), "{any}");
}

#[test]
fn a_rest_api_chooses_by_the_path_first_and_an_http_api_by_both() {
    let ok = json!({"responses": {"200": {"description": "ok"}}});
    let mut document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": ok}, "/{proxy+}": {"x-amazon-apigateway-any-method": ok}},
    });
    let methods = "#[post(\"/a\")] async fn a(&self) -> Sent;";
    assert!(told_by(&Choices::default(), &document, methods).contains("no `POST` of `/a`"));
    document["x-amazon-apigateway-importexport-version"] = json!("1.0");
    assert_eq!(told_by(&Choices::default(), &document, methods), "");
}

#[test]
fn a_parameter_names_what_was_meant_and_a_required_one_who_never_sends_it() {
    let methods = r#"#[get("/books")] async fn books(&self, #[query("gerne")] genre: &str, #[header("x-track")] trace: &str) -> Sent;"#;
    let at = "shop.json#/paths/~1books/get";
    let expected = [
        format!(
            "src/shop.rs:3:48: the document has no query parameter `gerne` here; did you mean `genre`? ({at})"
        ),
        format!(
            "src/shop.rs:3:80: the document has no header `x-track` here; did you mean `x-trace`? ({at})"
        ),
        format!(
            "src/shop.rs:3:7: `books` never sends the query parameter `page`, which the document requires ({at}/parameters/1)"
        ),
        format!(
            "src/shop.rs:3:7: `books` never sends the header `x-shop`, which the document requires ({at}/parameters/3)"
        ),
    ];
    assert_eq!(told(methods), expected.join("\n"));
}

#[test]
fn a_fixed_header_and_members_send_what_is_required() {
    let methods = r#"#[get("/books")] #[header("x-shop", "1")] async fn books(&self, #[query(flatten)] of: &Filter) -> Sent;"#;
    assert_eq!(told(methods), "");
}

#[test]
fn a_body_is_sent_where_one_is_taken_and_as_it_is_taken() {
    let add = |body: &str| {
        told(&format!(
            "#[post(\"/books\")] #[auth(iam, api_key)] async fn add(&self{body}) -> Sent;"
        ))
    };
    assert_eq!(
        add(""),
        "src/shop.rs:3:8: `add` never sends the body that the document requires (shop.json#/paths/~1books/post/requestBody)",
    );
    let form = add(", #[body(form)] book: &Book");
    assert!(
        form.contains("takes no form here, but `application/json`"),
        "{form}"
    );
    let methods = r#"#[delete("/books/{id}")] async fn remove(&self, id: &str, #[header("x-ticket")] ticket: &str, #[body] why: &str) -> Sent;"#;
    let surplus = told(methods);
    assert!(
        surplus.starts_with("src/shop.rs:3:97: the document has no body here"),
        "{surplus}"
    );
}

#[test]
fn the_authorization_is_what_the_document_demands() {
    assert_eq!(
        told("#[post(\"/books\")] #[auth(iam)] async fn add(&self, #[body] book: &Book) -> Sent;"),
        "src/shop.rs:3:8: `add` is authorized by `iam`, the document demands `api_key` and `iam` (shop.json#/paths/~1books/post)",
    );
    let ticket = told(
        "#[delete(\"/books/{id}\")] #[auth(bearer)] async fn remove(&self, id: &str) -> Sent;",
    );
    assert!(
        ticket.contains("by `bearer`, the document demands a token in the header `x-ticket`"),
        "{ticket}"
    );
}

#[test]
fn a_trait_inherits_the_authorization_of_the_document_too() {
    let mut document = shop();
    document["security"] = json!([{"sigv4": []}]);
    let of = |methods: &str| told_by(&Choices::default(), &document, methods);
    let signed = r#"#[get("/open")] #[auth(iam)] async fn open(&self) -> gatewright::Result<()>;"#;
    assert_eq!(of(signed), "");
    let open = r#"#[get("/open")] async fn open(&self) -> gatewright::Result<()>;"#;
    assert!(
        of(open).contains("the document demands `iam`"),
        "{}",
        of(open)
    );
}

#[test]
fn a_trait_passes_on_what_an_authorizer_reads_of_a_parameter() {
    let mut document = shop();
    document["paths"]["/books/{bookId}"]["delete"]["parameters"] =
        json!([{"name": "x-ticket", "in": "header", "schema": {"type": "string"}}]);
    let of = |arguments: &str| {
        let method = format!(
            "#[delete(\"/books/{{book_id}}\")] async fn sell(&self, #[path] book_id: u64{arguments}) -> \
             gatewright::Result<()>;"
        );
        told_by(&Choices::default(), &document, &method)
    };
    assert_eq!(of(", #[header(\"x-ticket\")] ticket: &str"), "");
    assert!(
        of("").contains("never sends the header `x-ticket`"),
        "{}",
        of("")
    );
}

#[test]
fn where_the_document_does_not_say_the_builder_does() {
    let methods = "#[get(\"/open\")] #[auth(iam)] async fn open(&self) -> Sent;";
    let silent = told(methods);
    assert!(
        silent.contains("demands nothing; where it does not say, the builder's `default_auth`"),
        "{silent}"
    );
    let choices = Choices {
        mode: Some(AuthMode::Iam),
        ..Choices::default()
    };
    assert_eq!(told_by(&choices, &shop(), methods), "");
}

#[test]
fn a_trait_that_cannot_be_found_is_told_of_as_such() {
    let told = |source| told_of(source, "a.rs", &shop(), &Choices::default());
    assert_eq!(
        told("trait Shop {}"),
        "a.rs:1:1: has no trait `Shop` with `#[rest_endpoint]`"
    );
    assert!(told("\ntrait {").starts_with("a.rs:2:7: "));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let error = configure()
        .verify_trait("no/such.rs", "Shop", "shop.json")
        .unwrap_err();
    assert!(error.to_string().starts_with("cannot read `no/such.rs`"));
}
