//! The layer: which headers, and in which order.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use http::request::Parts;
use http::{HeaderName, HeaderValue};

use super::injection::{self, InjectMode, Injection, Prepared, Source};
use crate::{AuthorizeError, BoxError};

/// Puts headers on every request, in the order in which they were added to the layer.
///
/// Do not use it for credentials: it checks neither what the operation asks for nor where the request goes.
///
/// See the [module docs](super) for an example.
#[derive(Clone, Default)]
pub struct InjectHeadersLayer {
    injections: Arc<Vec<Injection>>,
}

impl InjectHeadersLayer {
    /// A layer without headers yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces whatever values the request has for this header.
    #[must_use]
    pub fn overriding(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(InjectMode::Override, name, Source::Fixed(value))
    }

    /// Adds the header unless the request has one of this name.
    #[must_use]
    pub fn if_not_present(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(InjectMode::IfNotPresent, name, Source::Fixed(value))
    }

    /// Adds the header, and keeps others of this name.
    #[must_use]
    pub fn appending(self, name: HeaderName, value: HeaderValue) -> Self {
        self.with(InjectMode::Append, name, Source::Fixed(value))
    }

    /// [`overriding`](Self::overriding) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_overriding(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.overriding(name.parse()?, value.parse()?))
    }

    /// [`if_not_present`](Self::if_not_present) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_if_not_present(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.if_not_present(name.parse()?, value.parse()?))
    }

    /// [`appending`](Self::appending) with a name and a value that are yet to be parsed.
    ///
    /// # Errors
    ///
    /// When the name or the value is not valid in a header.
    pub fn try_appending(self, name: &str, value: &str) -> Result<Self, http::Error> {
        Ok(self.appending(name.parse()?, value.parse()?))
    }

    /// Makes the value from the head of the request. `None` leaves the request as it is.
    #[must_use]
    pub fn from_request(
        self,
        mode: InjectMode,
        name: HeaderName,
        value: impl Fn(&Parts) -> Option<HeaderValue> + Send + Sync + 'static,
    ) -> Self {
        self.with(mode, name, Source::Made(Arc::new(value)))
    }

    /// Fetches the value, from the head of the request. `None` leaves the request as it is; an error fails it
    /// with [`ProviderFailed`](crate::AuthorizeErrorKind::ProviderFailed), and nothing is sent.
    ///
    /// The future cannot borrow the head: clone what it needs first.
    #[must_use]
    pub fn from_request_async<F>(
        self,
        mode: InjectMode,
        name: HeaderName,
        value: impl Fn(&Parts) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Option<HeaderValue>, BoxError>> + Send + 'static,
    {
        let fetch = move |parts: &Parts| -> injection::Fetch { Box::pin(value(parts)) };
        self.with(mode, name, Source::Fetched(Arc::new(fetch)))
    }

    fn with(mut self, mode: InjectMode, name: HeaderName, source: Source) -> Self {
        Arc::make_mut(&mut self.injections).push(Injection { mode, name, source });
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.injections.is_empty()
    }

    pub(super) fn prepare(&self, mut parts: Parts) -> Prepared {
        let Some(first_wait) = self.injections.iter().position(Injection::waits) else {
            let all = self.injections.iter();
            all.for_each(|injection| injection.apply_at_once(&mut parts));
            return Prepared::Now(Ok(parts));
        };
        let at_once = &self.injections[..first_wait];
        at_once.iter().for_each(|it| it.apply_at_once(&mut parts));
        Prepared::Later(Box::pin(self.clone().prepare_from(first_wait, parts)))
    }

    async fn prepare_from(self, index: usize, mut parts: Parts) -> Result<Parts, AuthorizeError> {
        for injection in &self.injections[index..] {
            injection.apply(&mut parts).await?;
        }
        Ok(parts)
    }
}

impl fmt::Debug for InjectHeadersLayer {
    /// The names alone, since a value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InjectHeadersLayer ")?;
        f.debug_list()
            .entries(self.injections.iter().map(|it| it.name.as_str()))
            .finish()
    }
}
