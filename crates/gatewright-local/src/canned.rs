//! Answers that the user orders for an operation.

use std::collections::HashMap;

use bytes::Bytes;
use gatewright_document::similar::nearest;
use gatewright_document::{Document, Operation};
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
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
            .map_err(|(what, error)| Error::response(&name, what, error))?;
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
        let titles: Vec<_> = document.operations.iter().map(title).collect();
        let ids = document.operations.iter().map(|it| it.id.as_deref());
        let words = titles
            .iter()
            .map(String::as_str)
            .chain(ids.clone().flatten());
        let meant = nearest(name, words);
        let known = titles.iter().zip(ids).map(|(title, id)| match id {
            Some(id) => format!("{title} (`{id}`)"),
            None => title.clone(),
        });
        Error::operation(name, meant, &known.collect::<Vec<_>>())
    })
}

impl Canned {
    /// # Errors
    ///
    /// What of the response is invalid.
    fn check(self) -> Result<Order, (String, http::Error)> {
        let (status, headers, body) = match self {
            Canned::Error(error) => return Ok(Order::Error(error)),
            Canned::Response {
                status,
                headers,
                body,
            } => (status, headers, body),
        };
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::from_u16(status)
            .map_err(|error| (format!("the status {status}"), error.into()))?;
        let typed = headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()));
        if !typed && !body.is_null() {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(CONTENT_TYPE, json);
        }
        for (name, value) in headers {
            let what = || format!("the header `{name}`");
            let key = HeaderName::try_from(&name).map_err(|error| (what(), error.into()))?;
            let value = HeaderValue::try_from(value)
                .map_err(|error| (format!("the value of {}", what()), error.into()))?;
            response.headers_mut().append(key, value);
        }
        if !body.is_null() {
            *response.body_mut() = Bytes::from(body.to_string());
        }
        Ok(Order::Response(response))
    }
}
