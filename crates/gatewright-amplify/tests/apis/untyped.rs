//! Requests without a type: what is sent for what is written.

use gatewright::{Body, Error};
use gatewright_amplify::Apis;
use gatewright_local::LocalGateway;
use http::{HeaderValue, StatusCode};
use serde_json::json;

use crate::support::{Server, config, credentials, mode};

fn apis(server: &Server) -> Apis {
    let config = config(&[("open", mode("NONE"))]);
    let builder = Apis::from_config(config).transport(server.service());
    builder.build().unwrap()
}

async fn sent(path: &str, query: &[(&str, &str)]) -> String {
    let server = Server::new();
    let apis = apis(&server);
    let mut request = apis.get("open", path).unwrap();
    for (name, value) in query {
        request = request.query(name, *value);
    }
    request.send().await.unwrap();
    server.only().uri().to_string()
}

#[tokio::test]
async fn exactly_one_slash_joins_endpoint_and_path() {
    for endpoint in [
        "https://api.shop.example/dev",
        "https://api.shop.example/dev/",
    ] {
        for path in ["/items", "items"] {
            let server = Server::new();
            let settings = json!({ "authorizationType": "NONE", "endpoint": endpoint });
            let apis = Apis::from_config(config(&[("open", settings)]));
            let apis = apis.transport(server.service()).build().unwrap();
            apis.get("open", path).unwrap().send().await.unwrap();
            assert_eq!(server.only().uri(), "https://api.shop.example/dev/items");
        }
    }
    let endpoint = crate::support::ENDPOINT;
    assert_eq!(sent("/", &[]).await, format!("{endpoint}/"));
    assert_eq!(sent("", &[]).await, format!("{endpoint}/"));
    assert_eq!(sent("/items/", &[]).await, format!("{endpoint}/items/"));
}

#[tokio::test]
async fn path_and_query_are_encoded_once_and_strictly() {
    let uri = sent(
        "/a b/é:@!$&'()*+,;=/c",
        &[("q", "a+b&c=d;e%41 é"), ("x y", "")],
    )
    .await;
    let expected = "/a%20b/%C3%A9%3A%40%21%24%26%27%28%29%2A%2B%2C%3B%3D/c\
                    ?q=a%2Bb%26c%3Dd%3Be%2541%20%C3%A9&x%20y=";
    assert_eq!(uri, format!("{}{expected}", crate::support::ENDPOINT));
}

#[tokio::test]
async fn a_list_repeats_the_name_of_its_parameter_in_order() {
    let server = Server::new();
    let apis = apis(&server);
    let request = apis.get("open", "/items").unwrap();
    let request = request
        .query("tag", ["b", "a"])
        .query("limit", 10)
        .query("after", None::<&str>)
        .query("tag", "c");
    request.send().await.unwrap();
    let uri = server.only().uri().clone();
    assert_eq!(uri.query(), Some("tag=b&tag=a&limit=10&tag=c"));
}

#[tokio::test]
async fn each_verb_sends_its_method() {
    let server = Server::new();
    let apis = apis(&server);
    for (request, method) in [
        (apis.get("open", "/"), "GET"),
        (apis.put("open", "/"), "PUT"),
        (apis.post("open", "/"), "POST"),
        (apis.patch("open", "/"), "PATCH"),
        (apis.delete("open", "/"), "DELETE"),
        (apis.head("open", "/"), "HEAD"),
    ] {
        request.unwrap().send().await.unwrap();
        assert_eq!(server.only().method(), method);
    }
}

#[tokio::test]
async fn a_body_is_json_or_what_the_app_made_of_it() {
    let server = Server::new();
    let apis = apis(&server);
    let json = apis.put("open", "/items").unwrap().body(json!({ "a": 1 }));
    json.send().await.unwrap();
    let request = server.only();
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"a":1}"#);

    let csv = Body::from("a,b").with_content_type(HeaderValue::from_static("text/csv"));
    let csv = apis.post("open", "/items").unwrap().body(csv);
    csv.send().await.unwrap();
    let request = server.only();
    assert_eq!(request.headers()["content-type"], "text/csv");
    assert_eq!(request.body().as_bytes().unwrap(), "a,b");
}

#[tokio::test]
async fn an_answer_has_status_headers_and_body_and_so_has_an_error() {
    let server = Server::answering(StatusCode::CREATED);
    let result = apis(&server).post("open", "/items").unwrap().send().await;
    let result = result.unwrap();
    assert_eq!(result.status(), 201);
    assert_eq!(result.headers()["x-result"], "42");
    assert_eq!(result.text(), "[]");

    let server = Server::answering(StatusCode::CONFLICT);
    let result = apis(&server).post("open", "/items").unwrap().send().await;
    let Err(Error::Unexpected(error)) = result else {
        panic!("{result:?}");
    };
    assert_eq!(error.status(), 409);
    assert_eq!(error.headers()["x-result"], "42");
    assert_eq!(error.body(), "[]");
}

#[test]
fn a_path_that_could_mean_two_things_is_refused_with_a_way_out() {
    let apis = apis(&Server::new());
    for path in [
        "/items?tag=a",
        "/items%2F1",
        "/items#a",
        "/items/{id}",
        "/a//b",
        "/a/../b",
    ] {
        let error = apis.get("open", path).unwrap_err().to_string();
        assert!(error.starts_with("the path has a"), "{path}: {error}");
        assert!(error.contains("`Apis::rest` takes a template"), "{error}");
    }
    let error = apis.get("open", "/items?tag=a").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the path has a `?`: give the parameters with `query(..)`; `Apis::rest` takes a template, whose values may hold \
         any character"
    );
}

/// The judge recomputes the signature from the bytes that arrive.
#[tokio::test]
async fn the_bytes_that_are_signed_are_the_bytes_that_are_sent() {
    let export = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop.json");
    let gateway = LocalGateway::from_path(export)
        .unwrap()
        .credentials("AKIDEXAMPLE", "a-secret", None)
        .build()
        .unwrap();
    let apis = Apis::from_config(config(&[("files", mode("AWS_IAM"))]))
        .credentials("files", credentials())
        .transport(gateway.clone())
        .build()
        .unwrap();
    for name in [
        "a b", "é/ü", "a+b", "x:y@z", "a;b", "~!*'()", "tilde~", "日本",
    ] {
        let request = apis.put("files", &format!("/files/{name}")).unwrap();
        let request = request
            .query("q", [name, "a+b c&d=e;f%41", ""])
            .body(json!(name));
        let result = request.send().await;
        assert_eq!(result.unwrap().status(), 200, "{name}");
    }
    let (files, auth) = (apis.rest("files").unwrap(), apis.auth("files").unwrap());
    let call = files
        .get("getFile", "/files/{name}", auth)
        .path("name", &"50% of a/b?.txt");
    let result: gatewright::Result<gatewright::RawResponse> = call.call().await;
    assert_eq!(result.unwrap().status(), 200);
    let uri = gateway.requests().pop().unwrap().uri;
    assert_eq!(uri.path(), "/dev/files/50%25%20of%20a%2Fb%3F.txt");
}

#[tokio::test]
async fn the_root_of_an_api_can_be_called_and_from_another_task() {
    let export = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop.json");
    let gateway = LocalGateway::from_path(export).unwrap().build().unwrap();
    let apis = Apis::from_config(config(&[("open", mode("NONE"))]));
    let apis = apis.transport(gateway).build().unwrap();
    let call = tokio::spawn(async move { apis.get("open", "/").unwrap().send().await });
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
}
