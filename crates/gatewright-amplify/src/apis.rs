//! The app's APIs by name.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use gatewright::client::RestClient;
use gatewright::{Auth, BaseUrl, BoxService};
use gatewright_cognito::Session;
use gatewright_config::Config;

use crate::path::check;
use crate::{ApisBuilder, Error, Request};

/// The REST APIs of an Amplify configuration, ready to call.
///
/// Each is found by the name that the file gives it; `None` in place of a name is the only API of the file. Cloning is
/// cheap, and all clones share connections, credentials and the session.
///
/// ```
/// use gatewright::{BaseUrl, BoxService, rest_endpoint};
/// use gatewright_amplify::{Apis, Config};
///
/// #[rest_endpoint(api = "status")]
/// trait Status {
///     #[get("/health")]
///     async fn health(&self) -> gatewright::Result<String>;
/// }
///
/// let file = br#"{"awsAPIPlugin": {"status": {
///     "endpointType": "REST", "endpoint": "https://status.shop.example", "authorizationType": "NONE"
/// }}}"#;
/// let apis = Apis::from_config(Config::from_slice("amplifyconfiguration.json", file)?).build()?;
///
/// let status: StatusClient = apis.client(StatusClient::API, StatusClient::new)?;
/// let service: BoxService = apis.service("status")?;
/// let only = apis.rest(None)?;
/// assert_eq!(only.base().to_string(), "https://status.shop.example");
///
/// let wrong = apis.get("statsu", "/health").unwrap_err();
/// assert_eq!(
///     wrong.to_string(),
///     "amplifyconfiguration.json has no REST API `statsu`; did you mean `status`? It has: status",
/// );
/// # let _ = (status, service);
/// # Ok::<(), gatewright::BoxError>(())
/// ```
#[derive(Clone)]
pub struct Apis(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) config: Config,
    /// One for each API of `config`.
    pub(crate) apis: BTreeMap<String, Callable>,
    pub(crate) session: Option<Session>,
}

/// An API with its layers in place.
pub(crate) struct Callable {
    pub(crate) rest: RestClient,
    pub(crate) auth: Auth,
}

impl Apis {
    /// Begins with what the file says. See [`ApisBuilder`] for what an app can add.
    pub fn from_config(config: Config) -> ApisBuilder {
        ApisBuilder::new(config)
    }

    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// What the file says: the APIs' names and settings, and the [warnings](Config::warnings) about it.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The session that requests of the APIs take their credentials and tokens from, to sign in and out with: the one
    /// that the app gave, or the one that was made from the file because an API needs it.
    pub fn session(&self) -> Option<&Session> {
        self.0.session.as_ref()
    }

    /// The service of an API, with all layers. It takes requests with absolute URLs, as those of [`rest`](Self::rest) have;
    /// one without an [`Operation`](gatewright::Operation) gets all that the API's mode has.
    ///
    /// # Errors
    ///
    /// When there is no such API, or several and no name.
    pub fn service<'n>(&self, name: impl Into<Option<&'n str>>) -> Result<BoxService, Error> {
        Ok(self.callable(name.into())?.rest.service().clone())
    }

    /// An API to begin calls of: with a path template, so that a value with any character in it stays one segment.
    ///
    /// ```
    /// # use gatewright_amplify::Apis;
    /// # use gatewright_config::Config;
    /// # let file = br#"{"awsAPIPlugin": {"files": {
    /// #     "endpointType": "REST", "endpoint": "https://files.shop.example", "authorizationType": "NONE"
    /// # }}}"#;
    /// # let config = Config::from_slice("amplifyconfiguration.json", file)?;
    /// # let apis = Apis::from_config(config).build()?;
    /// let (files, auth) = (apis.rest("files")?, apis.auth("files")?);
    /// let get_file = files.get("getFile", "/files/{name}", auth).path("name", &"50% of a/b?.txt");
    /// assert_eq!(
    ///     get_file.into_request()?.uri(),
    ///     "https://files.shop.example/files/50%25%20of%20a%2Fb%3F.txt",
    /// );
    /// # Ok::<(), gatewright::BoxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`service`](Self::service).
    pub fn rest<'n>(&self, name: impl Into<Option<&'n str>>) -> Result<RestClient, Error> {
        Ok(self.callable(name.into())?.rest.clone())
    }

    /// What an API demands of its callers, as the file says.
    ///
    /// # Errors
    ///
    /// As [`service`](Self::service).
    pub fn auth<'n>(&self, name: impl Into<Option<&'n str>>) -> Result<Auth, Error> {
        Ok(self.callable(name.into())?.auth)
    }

    /// A generated client, or that of a `#[rest_endpoint]` trait: `new` is its constructor.
    ///
    /// Its operations say themselves what they ask for. One that asks for what the API's `authorizationType` does not bring
    /// is refused before it is sent, and its error names the layer that is missing: correct the file or the client, or
    /// add that layer with [`ApisBuilder::stack`].
    ///
    /// # Errors
    ///
    /// As [`service`](Self::service).
    pub fn client<'n, C>(
        &self,
        name: impl Into<Option<&'n str>>,
        new: impl FnOnce(BoxService, BaseUrl) -> C,
    ) -> Result<C, Error> {
        let rest = &self.callable(name.into())?.rest;
        Ok(new(rest.service().clone(), rest.base().clone()))
    }

    fn callable(&self, name: Option<&str>) -> Result<&Callable, Error> {
        let api = self.0.config.api(name)?;
        Ok(&self.0.apis[&api.name])
    }
}

/// Requests without a type. Each begins one with a path below the API's endpoint; see [`Request`] for its rules.
///
/// # Errors
///
/// When there is no such API, or several and no name; or when the path is none.
impl Apis {
    /// A `GET`.
    pub fn get<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("GET", name.into(), path)
    }

    /// A `PUT`.
    pub fn put<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("PUT", name.into(), path)
    }

    /// A `POST`.
    pub fn post<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("POST", name.into(), path)
    }

    /// A `PATCH`.
    pub fn patch<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("PATCH", name.into(), path)
    }

    /// A `DELETE`.
    pub fn delete<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("DELETE", name.into(), path)
    }

    /// A `HEAD`.
    pub fn head<'n>(
        &self,
        name: impl Into<Option<&'n str>>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        self.begin("HEAD", name.into(), path)
    }

    fn begin(
        &self,
        method: &'static str,
        name: Option<&str>,
        path: &str,
    ) -> Result<Request<'_>, Error> {
        let api = self.callable(name)?;
        Ok(Request::new(&api.rest, method, check(path)?, api.auth))
    }
}

impl fmt::Debug for Apis {
    /// The names, and where the APIs are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let apis = self.0.apis.iter().map(|(name, api)| (name, &api.rest));
        f.write_str("Apis ")?;
        f.debug_map().entries(apis).finish()
    }
}
