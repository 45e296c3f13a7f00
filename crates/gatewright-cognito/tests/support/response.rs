//! Responses of the service, in the form of AWS's JSON protocol.

use gatewright::Body;
use http::{Response, StatusCode};
use serde_json::{Value, json};

pub(crate) type Outcome = Result<Value, Refusal>;

/// An exception of the service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refusal {
    pub(crate) code: &'static str,
    pub(crate) message: &'static str,
}

pub(crate) fn refuse<T>(code: &'static str, message: &'static str) -> Result<T, Refusal> {
    Err(Refusal { code, message })
}

pub(crate) fn not_authorized<T>(message: &'static str) -> Result<T, Refusal> {
    refuse("NotAuthorizedException", message)
}

pub(crate) fn invalid<T>(message: &'static str) -> Result<T, Refusal> {
    refuse("InvalidParameterException", message)
}

pub(crate) fn json(outcome: &Outcome) -> Response<Body> {
    match outcome {
        Ok(value) => response(StatusCode::OK, None, value),
        Err(refusal) => response(
            StatusCode::BAD_REQUEST,
            Some(refusal.code),
            &json!({"__type": refusal.code, "message": refusal.message}),
        ),
    }
}

fn response(status: StatusCode, code: Option<&str>, body: &Value) -> Response<Body> {
    let mut response = Response::builder()
        .status(status)
        .header("content-type", "application/x-amz-json-1.1");
    if let Some(code) = code {
        response = response.header("x-amzn-errortype", format!("{code}:"));
    }
    response.body(Body::from(body.to_string())).unwrap()
}
