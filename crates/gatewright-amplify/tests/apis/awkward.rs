//! Bytes that are signed are bytes that are sent, whatever the text: judged by a gateway that recomputes the signature.

use gatewright::client::ParamValues;
use gatewright::{RawResponse, Result};
use gatewright_amplify::Apis;
use gatewright_local::{Gateway, LocalGateway};
use serde_json::json;

use crate::support::{config, credentials};

/// What texts are made of: all of ASCII, and what Unicode has of trouble.
fn characters() -> Vec<char> {
    let odd =
        "éÉß\u{e9}e\u{301}日本\u{202e}\u{feff}\u{2028}😀\u{7ff}\u{ffff}\u{10ffff}\u{a0}／％＋";
    (0..=127u8).map(char::from).chain(odd.chars()).collect()
}

/// Xorshift (Marsaglia 2003): the same texts in each run.
struct Texts(u64, Vec<char>);

impl Texts {
    fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15, characters())
    }

    fn number(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn text(&mut self, shortest: usize) -> String {
        let length = shortest + self.number(9);
        (0..length)
            .map(|_| {
                let index = self.number(self.1.len());
                self.1[index]
            })
            .collect()
    }
}

fn gateway_and_apis(endpoint: &str) -> (Gateway, Apis) {
    let export = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shop.json");
    let gateway = LocalGateway::from_path(export).unwrap();
    let gateway = gateway.credentials("AKIDEXAMPLE", "a-secret", None);
    let gateway = gateway.build().unwrap();
    let settings =
        json!({ "authorizationType": "AWS_IAM", "region": "us-west-2", "endpoint": endpoint });
    let apis =
        Apis::from_config(config(&[("files", settings)])).credentials("files", credentials());
    let apis = apis.transport(gateway.clone()).build().unwrap();
    (gateway, apis)
}

/// The last request's path below `/dev/files/` and its query, decoded.
fn received(gateway: &Gateway) -> (String, Vec<(String, String)>) {
    let uri = gateway.requests().pop().unwrap().uri;
    let path = uri.path().strip_prefix("/dev/files/").unwrap();
    let pairs = uri.query().into_iter().flat_map(|query| query.split('&'));
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap());
    let pairs = pairs.map(|(name, value)| (decoded(name), decoded(value)));
    (decoded(path), pairs.collect())
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, more)) = rest.split_first() {
        assert!(byte.is_ascii_graphic(), "{text}");
        rest = more;
        if byte == b'%' {
            let (hex, more) = rest.split_at(2);
            bytes.push(u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap());
            rest = more;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

async fn call(apis: &Apis, name: &str, query: &[(String, String)]) -> Result<RawResponse> {
    let (files, auth) = (apis.rest("files").unwrap(), apis.auth("files").unwrap());
    let get = files
        .get("getFile", "/files/{name}", auth)
        .path("name", &name);
    let get = query.iter().fold(get, |get, (name, value)| {
        get.query(name, value as &dyn ParamValues)
    });
    get.call().await
}

#[tokio::test]
async fn every_text_arrives_as_it_was_written_with_a_signature_that_fits() {
    let (gateway, apis) = gateway_and_apis(crate::support::ENDPOINT);
    let mut texts = Texts::new();
    for _ in 0..400 {
        let name = texts.text(1);
        if matches!(&*name, "." | "..") {
            continue;
        }
        let query: Vec<_> = (0..texts.number(4))
            .map(|_| (texts.text(0), texts.text(0)))
            .collect();
        let answer = call(&apis, &name, &query).await;
        assert_eq!(answer.unwrap().status(), 200, "{name:?} {query:?}");
        assert_eq!(received(&gateway), (name, query));
    }
}

#[tokio::test]
async fn every_literal_path_arrives_as_it_was_written_or_is_refused() {
    let (gateway, apis) = gateway_and_apis(crate::support::ENDPOINT);
    let mut texts = Texts::new();
    let mut sent = 0;
    for _ in 0..800 {
        let path = format!("files/{}", texts.text(1));
        let Ok(request) = apis.put("files", &path) else {
            continue;
        };
        let answer = request
            .query("q", texts.text(0))
            .body(json!(texts.text(0)))
            .send()
            .await;
        assert_eq!(answer.unwrap().status(), 200, "{path:?}");
        assert_eq!(format!("files/{}", received(&gateway).0), path);
        sent += 1;
    }
    assert!(sent > 400, "{sent}");
}
