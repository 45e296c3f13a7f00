//! Configurations of several APIs, and a server that keeps what it is sent.

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use gatewright::{Body, BoxService, HttpService};
use gatewright_config::Config;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use tower::service_fn;

pub(crate) const ENDPOINT: &str = "https://a1b2c3d4e5.execute-api.us-west-2.amazonaws.com/dev";

/// A file with these APIs; their endpoint is [`ENDPOINT`] unless they have another.
pub(crate) fn config(apis: &[(&str, Value)]) -> Config {
    config_of_file(&json!({ "awsAPIPlugin": entries(apis) }))
}

pub(crate) fn entries(apis: &[(&str, Value)]) -> Value {
    let entries = apis.iter().map(|(name, settings)| {
        let mut entry = json!({ "endpointType": "REST", "endpoint": ENDPOINT });
        let members = entry.as_object_mut().unwrap();
        members.extend(settings.as_object().unwrap().clone());
        ((*name).to_owned(), entry)
    });
    Value::Object(entries.collect())
}

pub(crate) fn config_of_file(file: &Value) -> Config {
    Config::from_slice("amplifyconfiguration.json", file.to_string().as_bytes()).unwrap()
}

pub(crate) fn mode(authorization: &str) -> Value {
    json!({ "authorizationType": authorization })
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", "a-secret", None, None, "test")
}

/// A server that answers everything with one status, and keeps the requests.
#[derive(Clone)]
pub(crate) struct Server {
    status: StatusCode,
    seen: Arc<Mutex<Vec<Request<Body>>>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self::answering(StatusCode::OK)
    }

    pub(crate) fn answering(status: StatusCode) -> Self {
        let seen = Arc::default();
        Self { status, seen }
    }

    pub(crate) fn service(&self) -> BoxService {
        let server = self.clone();
        service_fn(move |request| {
            server.seen.lock().unwrap().push(request);
            let response = Response::builder().status(server.status);
            std::future::ready(response.header("x-result", "42").body(Body::from("[]")))
        })
        .boxed()
    }

    pub(crate) fn count(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The only request that it was sent.
    pub(crate) fn only(&self) -> Request<Body> {
        let mut seen = self.seen.lock().unwrap();
        assert_eq!(seen.len(), 1);
        seen.remove(0)
    }
}
