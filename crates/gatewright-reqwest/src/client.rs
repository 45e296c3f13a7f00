//! The clients of all versions of reqwest, as one trait.

use std::future::Future;

use gatewright::{Body, BoxError};
use http::Response;
use http::request::Parts;
use url::Url;

/// A response, and the URL that it came from.
pub(crate) type Arrived = (Url, Response<Body>);

/// `reqwest::Client`, of each version that a feature names. It is not meant to be implemented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the client of a version of reqwest that is turned on",
    note = "the features `v0_12` and `v0_13` (default) of `gatewright-reqwest` turn on reqwest 0.12 and 0.13"
)]
pub trait Client: sealed::Execute + Clone + Send + Sync + 'static {}

/// `reqwest::ClientBuilder`, of each version that a feature names. It is not meant to be implemented.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `reqwest::ClientBuilder` of a version of reqwest that is turned on",
    note = "pass `reqwest::Client::builder()`; for a client that is made already use `Reqwest::from_client`",
    note = "the features `v0_12` and `v0_13` (default) of `gatewright-reqwest` turn on reqwest 0.12 and 0.13"
)]
pub trait ClientBuilder: sealed::Build<Made = Self::Client, Fault = Self::Error> {
    /// What it builds.
    type Client: Client;
    /// Why it cannot.
    type Error;
}

pub(crate) mod sealed {
    use super::{Arrived, Body, BoxError, Future, Parts, Url};

    pub trait Execute {
        fn send(
            &self,
            url: Url,
            head: Parts,
            body: Body,
        ) -> impl Future<Output = Result<Arrived, BoxError>> + Send;
    }

    pub trait Build: Sized {
        type Made;
        type Fault;

        fn without_redirects(self) -> Self;

        fn without_http2(self) -> Self;

        fn finish(self) -> Result<Self::Made, Self::Fault>;
    }
}

#[cfg(any(feature = "v0_12", feature = "v0_13"))]
macro_rules! is_served {
    ($reqwest:ident) => {
        impl Client for $reqwest::Client {}

        impl ClientBuilder for $reqwest::ClientBuilder {
            type Client = $reqwest::Client;
            type Error = $reqwest::Error;
        }

        impl sealed::Execute for $reqwest::Client {
            async fn send(&self, url: Url, head: Parts, body: Body) -> Result<Arrived, BoxError> {
                let mut request = $reqwest::Request::new(head.method, url);
                *request.headers_mut() = head.headers;
                *request.version_mut() = head.version;
                *request.body_mut() = Some(match body.as_bytes() {
                    Some(bytes) => bytes.clone().into(),
                    None => $reqwest::Body::wrap(body),
                });
                let response = self.execute(request).await;
                // A URL may hold a token, and an error is shown.
                let response = response.map_err($reqwest::Error::without_url)?;
                let url = response.url().clone();
                Ok((url, Response::from(response).map(Body::new)))
            }
        }

        impl sealed::Build for $reqwest::ClientBuilder {
            type Made = $reqwest::Client;
            type Fault = $reqwest::Error;

            fn without_redirects(self) -> Self {
                self.redirect($reqwest::redirect::Policy::none())
            }

            fn without_http2(self) -> Self {
                self.http1_only()
            }

            fn finish(self) -> Result<$reqwest::Client, $reqwest::Error> {
                self.build()
            }
        }
    };
}

#[cfg(feature = "v0_13")]
is_served!(reqwest);
#[cfg(feature = "v0_12")]
is_served!(reqwest_0_12);
