//! One header: its name, where its value comes from, and what happens to others of its name.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{AuthorizeError, BoxError};

/// What happens to headers of the same name that the request already has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InjectMode {
    /// They are removed.
    Override,
    /// They stay, and no header is added. The value is not made.
    IfNotPresent,
    /// They stay, and the new header is added.
    Append,
}

pub(super) type Fetch = Pin<Box<dyn Future<Output = Result<Option<HeaderValue>, BoxError>> + Send>>;

type Make = dyn Fn(&Parts) -> Option<HeaderValue> + Send + Sync;

/// The head of a request, once all is known that goes into it. Boxed, since the future of a provider has no name.
pub(super) type Preparation = Pin<Box<dyn Future<Output = Result<Parts, AuthorizeError>> + Send>>;

/// What a layer makes of the head of a request.
#[expect(
    clippy::large_enum_variant,
    reason = "it is taken apart where it is made"
)]
pub(super) enum Prepared {
    /// It is ready.
    Now(Result<Parts, AuthorizeError>),
    /// Something is waited for.
    Later(Preparation),
}

#[derive(Clone)]
pub(super) enum Source {
    Fixed(HeaderValue),
    Made(Arc<Make>),
    Fetched(Arc<dyn Fn(&Parts) -> Fetch + Send + Sync>),
}

#[derive(Clone)]
pub(super) struct Injection {
    pub(super) mode: InjectMode,
    pub(super) name: HeaderName,
    pub(super) source: Source,
}

impl Injection {
    pub(super) fn waits(&self) -> bool {
        matches!(self.source, Source::Fetched(_))
    }

    /// Does nothing if the value has to be fetched.
    pub(super) fn apply_at_once(&self, parts: &mut Parts) {
        if self.is_left_out(&parts.headers) {
            return;
        }
        let value = match &self.source {
            Source::Fixed(value) => Some(value.clone()),
            Source::Made(make) => make(parts),
            Source::Fetched(_) => None,
        };
        self.put(&mut parts.headers, value);
    }

    pub(super) async fn apply(&self, parts: &mut Parts) -> Result<(), AuthorizeError> {
        let Source::Fetched(fetch) = &self.source else {
            self.apply_at_once(parts);
            return Ok(());
        };
        if self.is_left_out(&parts.headers) {
            return Ok(());
        }
        let fetch = fetch(parts);
        let value = fetch.await.map_err(|error| {
            AuthorizeError::provider_failed(&format!("the header `{}`", self.name), error)
        })?;
        self.put(&mut parts.headers, value);
        Ok(())
    }

    fn is_left_out(&self, headers: &HeaderMap) -> bool {
        self.mode == InjectMode::IfNotPresent && headers.contains_key(&self.name)
    }

    fn put(&self, headers: &mut HeaderMap, value: Option<HeaderValue>) {
        let Some(value) = value else { return };
        match self.mode {
            InjectMode::Append => drop(headers.append(self.name.clone(), value)),
            InjectMode::Override | InjectMode::IfNotPresent => {
                drop(headers.insert(self.name.clone(), value));
            }
        }
    }
}
