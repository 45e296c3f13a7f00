//! The tower service around a client.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use gatewright::{Body, BoxError};
use http::{Request, Response};
use tower_service::Service;

use crate::client::{Client, ClientBuilder};
use crate::faithful::{Redirects, check_host, url};

/// A reqwest client as a tower service, without the check for credentials that [`transport`](crate::transport) has.
///
/// A call fails with an [`AuthorizeError`](gatewright::AuthorizeError) if reqwest would not send the request as it is, with a
/// [`FollowedRedirect`](crate::FollowedRedirect), and with reqwest's error, without the URL, for all else. `C` is the
/// `reqwest::Client`.
#[derive(Clone)]
pub struct Reqwest<C> {
    client: C,
    is_http1_only: bool,
    redirects: Redirects,
}

impl<C: Client> Reqwest<C> {
    /// A client that follows no redirects, whatever the builder says.
    ///
    /// # Errors
    ///
    /// When reqwest cannot make a client of the builder.
    pub fn new<B: ClientBuilder<Client = C>>(builder: B) -> Result<Self, B::Error> {
        let client = builder.without_redirects().finish()?;
        Ok(Self::from_client(client))
    }

    /// A client that follows no redirects and speaks HTTP/1.1 only, so that a request may have another `host` than its URL:
    /// that of a private API behind a VPC endpoint, see `SigV4Layer::signing_host`.
    ///
    /// # Errors
    ///
    /// When reqwest cannot make a client of the builder.
    ///
    /// ```
    /// use gatewright::layers::RequireAuth;
    /// use gatewright_reqwest::Reqwest;
    ///
    /// # fn main() -> Result<(), reqwest::Error> {
    /// let transport = RequireAuth::new(Reqwest::http1_only(reqwest::Client::builder())?);
    /// # let _ = transport;
    /// # Ok(()) }
    /// ```
    pub fn http1_only<B: ClientBuilder<Client = C>>(builder: B) -> Result<Self, B::Error> {
        let client = builder.without_redirects().without_http2().finish()?;
        Ok(Self::of(client, true))
    }

    /// A client that you made. **It must not follow redirects**: make it with
    /// `.redirect(reqwest::redirect::Policy::none())`.
    ///
    /// A response that came by a redirect is the error [`FollowedRedirect`](crate::FollowedRedirect). By then the credentials
    /// are with the other server; further calls are not sent.
    pub fn from_client(client: C) -> Self {
        Self::of(client, false)
    }

    fn of(client: C, is_http1_only: bool) -> Self {
        Self {
            client,
            is_http1_only,
            redirects: Redirects::default(),
        }
    }

    async fn send(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        self.redirects.admit()?;
        let (head, body) = request.into_parts();
        let target = url(&head.uri)?;
        check_host(&head, self.is_http1_only)?;
        let (arrived, response) = self.client.send(target.clone(), head, body).await?;
        self.redirects.check(&target, &arrived)?;
        Ok(response)
    }
}

impl<C> fmt::Debug for Reqwest<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reqwest")
            .field("is_http1_only", &self.is_http1_only)
            .finish_non_exhaustive()
    }
}

impl<C: Client> Service<Request<Body>> for Reqwest<C> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        ResponseFuture(Box::pin(self.clone().send(request)))
    }
}

/// The future of a response of [`Reqwest`].
pub struct ResponseFuture(Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>);

impl Future for ResponseFuture {
    type Output = Result<Response<Body>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx)
    }
}

impl fmt::Debug for ResponseFuture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
