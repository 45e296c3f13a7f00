//! An API that notes who calls it, and can refuse a call after something has happened.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gatewright::{Body, BoxService, HttpService};
use http::{Request, Response, StatusCode};
use serde_json::Value;
use tower::service_fn;

use super::Cognito;

pub(crate) const ORDERS: &str =
    "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/orders";

/// Clones are the same API.
#[derive(Clone)]
pub(crate) struct Api(Arc<Shared>);

struct Shared {
    cognito: Cognito,
    callers: Mutex<Vec<String>>,
    refusals: Mutex<VecDeque<Refusal>>,
}

/// What a call gets instead of a success, and what happens before.
struct Refusal {
    status: StatusCode,
    code: Option<&'static str>,
    meanwhile: Pin<Box<dyn Future<Output = ()> + Send>>,
}

impl Api {
    pub(crate) fn new(cognito: &Cognito) -> Self {
        Self(Arc::new(Shared {
            cognito: cognito.clone(),
            callers: Mutex::default(),
            refusals: Mutex::default(),
        }))
    }

    /// Refuses one call with this status and `x-amzn-errortype`, as soon as `meanwhile` has happened.
    pub(crate) fn refuse_once(
        &self,
        status: u16,
        code: Option<&'static str>,
        meanwhile: impl Future<Output = ()> + Send + 'static,
    ) {
        self.0.refusals.lock().unwrap().push_back(Refusal {
            status: StatusCode::from_u16(status).unwrap(),
            code,
            meanwhile: Box::pin(meanwhile),
        });
    }

    /// Who called, call by call: the name of a user, or `guest`.
    pub(crate) fn callers(&self) -> Vec<String> {
        self.0.callers.lock().unwrap().clone()
    }

    pub(crate) fn service(&self) -> BoxService {
        let api = self.clone();
        service_fn(move |request| api.clone().serve(request)).boxed()
    }

    pub(crate) async fn serve(self, request: Request<Body>) -> Result<Response<Body>, Infallible> {
        let authorization = request.headers()["authorization"].to_str().unwrap();
        let caller = self.caller(authorization);
        self.0.callers.lock().unwrap().push(caller);
        let refusal = self.0.refusals.lock().unwrap().pop_front();
        let mut response = Response::new(Body::empty());
        if let Some(refusal) = refusal {
            refusal.meanwhile.await;
            *response.status_mut() = refusal.status;
            if let Some(code) = refusal.code {
                let code = code.parse().unwrap();
                response.headers_mut().insert("x-amzn-errortype", code);
            }
        }
        Ok(response)
    }

    fn caller(&self, authorization: &str) -> String {
        match authorization.split_once("Credential=") {
            Some((_, scope)) => {
                let (key, _) = scope.split_once('/').unwrap();
                let owner = self.0.cognito.owner_of_key(key);
                owner.unwrap_or_else(|| "guest".to_owned())
            }
            None => owner_of_token(authorization.trim_start_matches("Bearer ")),
        }
    }
}

fn owner_of_token(token: &str) -> String {
    let claims = token.split('.').nth(1).unwrap();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    let name = claims["username"].as_str();
    let name = name.or_else(|| claims["cognito:username"].as_str());
    name.unwrap().to_owned()
}
