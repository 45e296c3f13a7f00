//! Answers that the user orders for an operation.

use std::collections::HashMap;

use bytes::Bytes;
use gatewright_document::{Document, Operation};
use http::Response;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::Error;
use crate::gateway_error::GatewayError;

/// What an operation is answered with instead of what the document says.
#[derive(Clone, Debug)]
pub(crate) enum Canned {
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        body: Value,
    },
    Error(GatewayError),
}

/// An order that was checked.
#[derive(Debug)]
pub(crate) enum Order {
    Response(Response<Bytes>),
    Error(GatewayError),
}

/// The orders by the index of their operation; the last one for an operation counts.
pub(crate) fn orders(
    document: &Document,
    canned: Vec<(String, Canned)>,
) -> Result<HashMap<usize, Order>, Error> {
    let check = |(name, canned): (String, Canned)| {
        let index = index(document, &name)?;
        let order = canned
            .check()
            .map_err(|error| Error::answer(&name, error))?;
        Ok((index, order))
    };
    canned.into_iter().map(check).collect()
}

/// `GET /pets/{petId}`.
pub(crate) fn title(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

fn index(document: &Document, name: &str) -> Result<usize, Error> {
    let mut operations = document.operations.iter();
    let found = operations
        .position(|operation| operation.id.as_deref() == Some(name) || title(operation) == name);
    found.ok_or_else(|| {
        let known: Vec<_> = document.operations.iter().map(title).collect();
        Error::operation(name, &known)
    })
}

impl Canned {
    fn check(self) -> Result<Order, http::Error> {
        let (status, headers, body) = match self {
            Canned::Error(error) => return Ok(Order::Error(error)),
            Canned::Response {
                status,
                headers,
                body,
            } => (status, headers, body),
        };
        let mut builder = Response::builder().status(status);
        let typed = headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()));
        if !typed && !body.is_null() {
            builder = builder.header(CONTENT_TYPE, "application/json");
        }
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        let bytes = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        builder.body(bytes).map(Order::Response)
    }
}
