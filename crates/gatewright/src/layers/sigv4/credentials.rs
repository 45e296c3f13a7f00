//! Where the signer gets its credentials: the one place that asks the provider.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::ProvideCredentials;

use crate::AuthorizeError;

/// Boxed, since the future borrows the provider that it keeps alive.
pub(super) type FetchCredentials =
    Pin<Box<dyn Future<Output = Result<Credentials, AuthorizeError>> + Send>>;

/// A provider that the clones of a layer share.
pub(super) struct CredentialsSource<P> {
    provider: Arc<P>,
}

impl<P: ProvideCredentials + 'static> CredentialsSource<P> {
    pub(super) fn new(provider: P) -> Self {
        Self {
            provider: Arc::new(provider),
        }
    }

    /// The credentials for one request.
    pub(super) fn fetch(&self) -> FetchCredentials {
        let provider = Arc::clone(&self.provider);
        Box::pin(async move {
            let credentials = provider.provide_credentials().await;
            credentials.map_err(|error| AuthorizeError::provider_failed("AWS credentials", error))
        })
    }
}

impl<P> Clone for CredentialsSource<P> {
    fn clone(&self) -> Self {
        Self {
            provider: Arc::clone(&self.provider),
        }
    }
}
