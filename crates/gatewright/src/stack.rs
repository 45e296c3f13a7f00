//! A ready-made stack: all layers, in the order that works.
//!
//! | from outside to inside | set with | by default |
//! | --- | --- | --- |
//! | a span for each call (feature `tracing`) | | included |
//! | limits of time and size | [`limits`](Stack::limits) | 60 s, 10 MiB |
//! | [the user stays the same](crate::layers::credential::OneUserLayer) | | included |
//! | retries (feature `retry`) | [`retry`](Stack::retry) | 3 attempts |
//! | headers | [`headers`](Stack::headers) | none |
//! | API key | [`api_key`](Stack::api_key) | none |
//! | tokens (feature `bearer`) | [`token`](Stack::token) | none |
//! | your layers before signing | [`before_signing`](Stack::before_signing) | none |
//! | the signer (feature `sigv4`) | [`iam`](Stack::iam) | none |
//! | your layers after signing | [`after_signing`](Stack::after_signing) | none |
//! | [`RequireAuth`](crate::layers::RequireAuth) | | included |
//! | the transport | [`build`](Stack::build), [`build_on`](Stack::build_on) | |
//!
//! The order in which the methods are called makes no difference, except among layers of one row of the table: the first
//! is the outermost of them. All credentials are bound to the origin of the base URL, unless a layer names its origins.
//! They are sent over TLS or to loopback only. This includes credentials from a caller or from
//! [`headers`](Stack::headers); see [`allow_insecure`](Stack::allow_insecure).
//!
//! A call costs one boxed future for the transport, one for each layer with a credential and for each of yours, and one for all
//! the others together. For a fully typed stack, add the same layers to a `tower::ServiceBuilder` in this order.
//!
//! ```
//! use gatewright::client::{BaseUrl, RestClient};
//! use gatewright::layers::ApiKeyLayer;
//! use gatewright::{Auth, Body, BoxError};
//! # use std::convert::Infallible;
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), BoxError> {
//! # let transport = tower::service_fn(async |request: http::Request<Body>| {
//! #     assert_eq!(request.headers()["x-api-key"], "0123456789abcdefghij");
//! #     Ok::<_, Infallible>(http::Response::new(Body::from("[]")))
//! # });
//! let base: BaseUrl = "https://api.example.com/prod".parse()?;
//! let service = gatewright::stack(&base)
//!     .api_key(ApiKeyLayer::new("0123456789abcdefghij")?)
//!     .build_on(transport); // or `.build()`, which brings the default transport
//!
//! let rest = RestClient::new(service, base); // or a generated client: `Client::new(service, base)`
//! let get_pets = rest.get("getPets", "/pets", Auth::API_KEY);
//! let pets: gatewright::Result<Vec<String>> = get_pets.call().await;
//! assert!(pets?.is_empty());
//! # Ok(()) }
//! ```

use std::fmt;

use tower_layer::Layer;

#[cfg(feature = "bearer")]
use crate::layers::BearerTokenLayer;
#[cfg(feature = "retry")]
use crate::layers::RetryLayer;
#[cfg(feature = "tracing")]
use crate::layers::TraceLayer;
use crate::layers::credential::OneUserLayer;
use crate::layers::{ApiKeyLayer, InjectHeadersLayer, LimitsLayer, RequireAuthLayer};
#[cfg(feature = "sigv4")]
use crate::layers::{SigV4Layer, sigv4::ProvideCredentials};
use crate::{BaseUrl, BoxService, HttpService, Origin};

/// Begins a stack of layers for the API at `base`. See the [module docs](self) for the order, the defaults and an
/// example.
pub fn stack(base: &BaseUrl) -> Stack {
    Stack {
        origin: base.origin(),
        insecure_allowed: false,
        limits: LimitsLayer::new(),
        one_user: OneUserLayer::new(),
        #[cfg(feature = "retry")]
        retry: RetryLayer::new(),
        headers: InjectHeadersLayer::new(),
        api_key: None,
        tokens: Vec::new(),
        before: Vec::new(),
        signer: None,
        after: Vec::new(),
    }
}

/// A builder for a stack of layers, from [`stack`].
pub struct Stack {
    origin: Origin,
    insecure_allowed: bool,
    limits: LimitsLayer,
    one_user: OneUserLayer,
    #[cfg(feature = "retry")]
    retry: RetryLayer,
    headers: InjectHeadersLayer,
    api_key: Option<ApiKeyLayer>,
    tokens: Vec<Credential>,
    before: Vec<Wrap>,
    signer: Option<Credential>,
    after: Vec<Wrap>,
}

/// A layer with its type erased.
type Wrap = Box<dyn FnOnce(BoxService) -> BoxService + Send>;

/// A layer with a credential. The argument says whether it may send the credential without TLS.
type Credential = Box<dyn FnOnce(bool) -> Wrap + Send>;

/// A layer of the user's, which may wait before it is ready.
fn wrap<L>(layer: L) -> Wrap
where
    L: Layer<BoxService> + Send + 'static,
    L::Service: HttpService,
{
    Box::new(move |inner| layer.layer(inner).boxed())
}

/// A layer that is ready when the service below it is.
fn wrap_ready<L>(layer: L) -> Wrap
where
    L: Layer<BoxService> + Send + 'static,
    L::Service: HttpService,
{
    Box::new(move |inner| inner.within(|inner| layer.layer(inner)))
}

fn if_allowed<L>(layer: L, is_allowed: bool, allow: fn(L) -> L) -> L {
    if is_allowed { allow(layer) } else { layer }
}

/// Puts `layers` around `service`; the first is the outermost.
fn around(
    service: BoxService,
    layers: impl IntoIterator<Item = Wrap, IntoIter: DoubleEndedIterator>,
) -> BoxService {
    let inside_out = layers.into_iter().rev();
    inside_out.fold(service, |service, wrap| wrap(service))
}

impl Stack {
    /// Allows credentials to a base URL without TLS that is not loopback: the credentials of the layers, and those from a
    /// caller or from [`headers`](Self::headers). By default such a request is not sent and fails with
    /// [`InsecureTarget`](crate::AuthorizeErrorKind::InsecureTarget).
    ///
    /// Every machine on the network path can then read the credentials. To allow it for one credential only, call
    /// `allow_insecure()` on its layer instead.
    ///
    /// ```
    /// use gatewright::client::BaseUrl;
    /// use gatewright::layers::ApiKeyLayer;
    ///
    /// # fn main() -> Result<(), gatewright::BoxError> {
    /// let base: BaseUrl = "http://gateway.internal:3000/dev".parse()?;
    /// let stack = gatewright::stack(&base)
    ///     .api_key(ApiKeyLayer::new("0123456789abcdefghij")?)
    ///     .allow_insecure();
    /// # let _ = stack;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn allow_insecure(mut self) -> Self {
        self.insecure_allowed = true;
        self
    }

    /// Sets the time limit of a call and the size limit of its response.
    #[must_use]
    pub fn limits(mut self, layer: LimitsLayer) -> Self {
        self.limits = layer;
        self
    }

    /// Sets which calls are retried. `RetryLayer::new().attempts(1)` turns retries off.
    #[cfg(feature = "retry")]
    #[must_use]
    pub fn retry(mut self, layer: RetryLayer) -> Self {
        self.retry = layer;
        self
    }

    /// Puts headers on every request.
    #[must_use]
    pub fn headers(mut self, layer: InjectHeadersLayer) -> Self {
        self.headers = layer;
        self
    }

    /// Puts an API key on the requests of operations that ask for one.
    #[must_use]
    pub fn api_key(mut self, layer: ApiKeyLayer) -> Self {
        self.api_key = Some(layer.or_only_to(self.origin.clone()));
        self
    }

    /// Puts tokens on the requests of operations that ask for one. An API with several authorizers gets a layer for each.
    #[cfg(feature = "bearer")]
    #[must_use]
    pub fn token<P>(mut self, layer: BearerTokenLayer<P>) -> Self
    where
        P: crate::ProvideToken,
    {
        let layer = layer.or_only_to(self.origin.clone());
        self.one_user = self.one_user.of(&layer);
        self.tokens.push(Box::new(move |is_allowed| {
            wrap_ready(if_allowed(
                layer,
                is_allowed,
                BearerTokenLayer::allow_insecure,
            ))
        }));
        self
    }

    /// Signs the requests of operations with `AWS_IAM` authorization.
    #[cfg(feature = "sigv4")]
    #[must_use]
    pub fn iam<P>(mut self, layer: SigV4Layer<P>) -> Self
    where
        P: ProvideCredentials + 'static,
    {
        let layer = layer.or_only_to(self.origin.clone());
        self.one_user = self.one_user.of(&layer);
        self.signer = Some(Box::new(move |is_allowed| {
            wrap_ready(if_allowed(layer, is_allowed, SigV4Layer::allow_insecure))
        }));
        self
    }

    /// Adds a layer that sees a request with all its headers, before it is signed. The signature covers its changes.
    #[must_use]
    pub fn before_signing<L>(mut self, layer: L) -> Self
    where
        L: Layer<BoxService> + Send + 'static,
        L::Service: HttpService,
    {
        self.before.push(wrap(layer));
        self
    }

    /// Adds a layer that sees a request as it is sent. Its changes to a signed request break the signature.
    #[must_use]
    pub fn after_signing<L>(mut self, layer: L) -> Self
    where
        L: Layer<BoxService> + Send + 'static,
        L::Service: HttpService,
    {
        self.after.push(wrap(layer));
        self
    }

    /// The stack on the [default transport](crate::transport).
    #[cfg(feature = "transport")]
    pub fn build(self) -> BoxService {
        self.build_on(crate::transport::Pooled::new())
    }

    /// The stack on your own transport: [hyper, reqwest, axum, tonic](crate::on_your_own_transport), or any service.
    pub fn build_on(self, transport: impl HttpService) -> BoxService {
        let is_allowed = self.insecure_allowed;
        let require_auth = if_allowed(
            RequireAuthLayer::new().only_to(self.origin),
            is_allowed,
            RequireAuthLayer::allow_insecure,
        );
        let wrapped = |credential: Credential| credential(is_allowed);
        let service = around(transport.guarded(require_auth), self.after);
        let service = around(service, self.signer.map(wrapped));
        let service = around(service, self.before);
        let service = around(service, self.tokens.into_iter().map(wrapped));
        let api_key = self
            .api_key
            .map(|layer| wrap_ready(if_allowed(layer, is_allowed, ApiKeyLayer::allow_insecure)));
        let service = around(service, api_key);
        service.within(|service| {
            let service = self.headers.layer(service);
            #[cfg(feature = "retry")]
            let service = self.retry.layer(service);
            let service = self.limits.layer(self.one_user.layer(service));
            #[cfg(feature = "tracing")]
            let service = TraceLayer::new().layer(service);
            service
        })
    }
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stack")
            .field("origin", &self.origin)
            .field("insecure_allowed", &self.insecure_allowed)
            .field("limits", &self.limits)
            .field("headers", &self.headers)
            .field("api_key", &self.api_key)
            .field("tokens", &self.tokens.len())
            .field("before_signing", &self.before.len())
            .field("signs", &self.signer.is_some())
            .field("after_signing", &self.after.len())
            .finish_non_exhaustive()
    }
}
