//! The object of a response, read member by member.

use std::time::{Duration, SystemTime};

use gatewright_core::kit::calendar::seconds_from_http;
use http::HeaderMap;
use http::header::DATE;
use http::response::Parts;
use serde_json::{Map, Value};

use super::call::Operation;
use super::cause::Cause;
use super::failure::Failure;
use super::refusal;
use crate::{Error, ErrorKind, Secret};

/// The object of a success. It has no `Debug`, since its texts may be secret.
pub(crate) struct JsonResponse {
    operation: &'static str,
    date: Option<SystemTime>,
    members: Map<String, Value>,
}

impl JsonResponse {
    /// The object of this name. `None` for `null`.
    pub(crate) fn object(&mut self, name: &str) -> Option<Self> {
        match self.members.remove(name)? {
            Value::Object(members) => Some(Self {
                operation: self.operation,
                date: self.date,
                members,
            }),
            _ => None,
        }
    }

    /// The time of the response, by the server's clock.
    pub(crate) fn date(&self) -> Option<SystemTime> {
        self.date
    }

    /// The text of this name, unless it is empty.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        match self.members.remove(name)? {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    pub(crate) fn secret(&mut self, name: &str) -> Option<Secret> {
        self.text(name).map(Secret::from)
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        self.members.get(name)?.as_f64()
    }

    /// The members that are texts.
    pub(crate) fn into_texts(self) -> impl Iterator<Item = (String, String)> {
        self.members
            .into_iter()
            .filter_map(|(name, value)| match value {
                Value::String(text) => Some((name, text)),
                _ => None,
            })
    }

    /// The texts of the list of this name.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let Some(Value::Array(items)) = self.members.remove(name) else {
            return Vec::new();
        };
        let texts = items.into_iter().filter_map(|item| match item {
            Value::String(text) => Some(text),
            _ => None,
        });
        texts.collect()
    }

    /// The error for a response without `what`.
    pub(crate) fn lacks(&self, what: &str) -> Error {
        let message = format!(
            "the response of Cognito to {} has no {what}",
            self.operation
        );
        Error::new(ErrorKind::Service, message)
    }
}

/// `input` is the body of the request.
pub(super) fn read(
    operation: &Operation,
    head: &Parts,
    body: &[u8],
    input: &Value,
) -> Result<JsonResponse, Failure> {
    if !head.status.is_success() {
        return Err(refusal::read(operation, head, body, input));
    }
    // An operation without results has an empty response.
    let members = if body.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice(body).map_err(|_| unreadable(operation))?
    };
    Ok(JsonResponse {
        operation: operation.name,
        date: date(&head.headers),
        members,
    })
}

fn date(headers: &HeaderMap) -> Option<SystemTime> {
    let seconds = seconds_from_http(headers.get(DATE)?.as_bytes())?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

fn unreadable(operation: &Operation) -> Failure {
    let message = format!("the response of Cognito to {} is not JSON", operation.name);
    Failure::new(Error::new(ErrorKind::Service, message), Cause::Passing)
}
