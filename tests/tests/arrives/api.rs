//! The trait, and the document of the gateway that it talks to. Beside each operation stands one that a request would come to
//! whose path was changed by a value.

use std::collections::BTreeMap;

use gatewright::client::RawResponse;
use gatewright::rest_endpoint;
use serde_json::{Value, json};

pub(crate) type Sent = gatewright::Result<RawResponse>;
pub(crate) type Members = BTreeMap<String, Vec<String>>;
pub(crate) type Object = BTreeMap<String, String>;

#[rest_endpoint]
pub(crate) trait Api {
    #[get("/one/{value}")]
    async fn one(&self, value: &str) -> Sent;

    #[get("/two/{first}/and/v-{second}.json")]
    async fn two(&self, first: &str, second: &str) -> Sent;

    #[get("/rest/{value+}")]
    async fn remaining(&self, value: &str) -> Sent;

    #[get("/query")]
    async fn query(&self, #[query] value: &str, #[query("a list")] list: &[String]) -> Sent;

    #[get("/query")]
    async fn flattened(&self, #[query(flatten)] members: &Members) -> Sent;

    #[get("/query")]
    async fn comma(&self, #[query("v", comma)] list: &[String]) -> Sent;

    #[get("/query")]
    async fn space(&self, #[query("v", space)] list: &[String]) -> Sent;

    #[get("/query")]
    async fn pipe(&self, #[query("v", pipe)] list: &[String]) -> Sent;

    #[get("/query")]
    async fn deep(&self, #[query("v", deep)] object: &Object) -> Sent;

    #[get("/query")]
    async fn json(&self, #[query("v", json)] object: &Object) -> Sent;

    #[post("/form")]
    async fn form(&self, #[body(form)] members: &Members) -> Sent;

    #[get("/headers")]
    async fn headers(
        &self,
        #[header("x-value")] value: &str,
        #[header("x-list")] list: &[String],
    ) -> Sent;
}

pub(crate) fn document() -> Value {
    let operation = json!({"responses": {"200": {"description": "ok"}}});
    let get = |path: &str| (path.to_owned(), json!({"get": operation}));
    let mut paths: serde_json::Map<String, Value> = [
        "/one/{value}",
        "/one/{value}/more",
        "/two/{first}/and/{second}",
        "/two/{first}",
        "/rest/{value+}",
        "/query",
        "/headers",
        "/",
    ]
    .map(get)
    .into_iter()
    .collect();
    paths.insert("/form".to_owned(), json!({"post": operation}));
    paths.insert(
        "/{elsewhere+}".to_owned(),
        json!({"x-amazon-apigateway-any-method": operation}),
    );
    json!({"openapi": "3.0.1", "info": {"title": "arrives", "version": "1"}, "paths": paths})
}
