//! What an app can add to its configuration.

use std::collections::BTreeMap;
use std::fmt;

use gatewright::layers::sigv4::ProvideCredentials;
use gatewright::stack::Stack;
use gatewright::{BoxService, HttpService, ProvideToken};
use gatewright_cognito::Session;
use gatewright_config::Config;
use tower_layer::Layer;

use crate::given::{Change, Given};
use crate::{Apis, BuildError, assemble};

/// Puts [`Apis`] together from a configuration and what no file can hold.
///
/// An API is called by the name that the file gives it. The order of the calls makes no difference, except among the
/// interceptors of an API: the first stands outside.
///
/// ```
/// use gatewright::Token;
/// use gatewright_amplify::{Apis, Config};
/// use tower::util::MapRequestLayer;
///
/// let file = br#"{"awsAPIPlugin": {
///     "partners": {"endpointType": "REST", "endpoint": "https://partners.shop.example", "authorizationType": "OPENID_CONNECT"},
///     "stores": {"endpointType": "REST", "endpoint": "https://stores.shop.example", "authorizationType": "AWS_LAMBDA"}
/// }}"#;
/// let config = Config::from_slice("amplifyconfiguration.json", file)?;
/// let incomplete = Apis::from_config(config.clone()).bearer("partner").build();
/// assert_eq!(incomplete.unwrap_err().to_string(), "\
/// amplifyconfiguration.json has no REST API `partner`; did you mean `partners`? It has: partners, stores
/// API `partners` (OPENID_CONNECT) has no tokens: give it a provider with `.token(\"partners\", ..)`
/// API `stores` (AWS_LAMBDA) has no tokens: give it a provider with `.token(\"stores\", ..)`");
///
/// let tenant = MapRequestLayer::new(|mut request: http::Request<gatewright::Body>| {
///     request.headers_mut().insert("x-tenant", http::HeaderValue::from_static("blue"));
///     request
/// });
/// let apis = Apis::from_config(config)
///     .token("partners", || async { Ok(Token::new("what a sign-in of the partners gave")) })
///     .token("stores", Token::new("what the function of the stores knows"))
///     .before_signing("stores", tenant)
///     .build()?;
/// # let _ = apis;
/// # Ok::<(), gatewright::BoxError>(())
/// ```
#[must_use = "nothing is there to call before `build`"]
pub struct ApisBuilder {
    pub(crate) config: Config,
    pub(crate) given: BTreeMap<String, Given>,
    pub(crate) session: Option<Session>,
    pub(crate) transport: Option<BoxService>,
}

impl ApisBuilder {
    pub(crate) fn new(config: Config) -> Self {
        Self {
            config,
            given: BTreeMap::new(),
            session: None,
            transport: None,
        }
    }

    /// Takes Cognito's credentials and tokens from this session. By default one is made from the file's Cognito section
    /// if an API needs it, with its tokens in memory; [`Apis::session`] gives it.
    ///
    /// A session that lacks the pool that an API needs is a problem that [`build`](Self::build) tells.
    pub fn session(mut self, session: Session) -> Self {
        self.session = Some(session);
        self
    }

    /// Where the tokens of an API come from: one provider for each API with `OPENID_CONNECT` or `AWS_LAMBDA`, and for one with
    /// `AMAZON_COGNITO_USER_POOLS` whose users sign in elsewhere.
    ///
    /// It is asked for each request. A provider for which that is too much is given as a
    /// [`CachedToken`](gatewright::layers::bearer::CachedToken) of it. After a refusal it is told so, asked again, and the
    /// request is sent once more if there is another token.
    pub fn token(self, api: &str, provider: impl ProvideToken) -> Self {
        self.with(api, |given| given.give_tokens(provider))
    }

    /// Where the credentials of an API with `AWS_IAM` come from, instead of Cognito: any provider of the AWS crates. They
    /// are kept until they are about to expire.
    pub fn credentials(self, api: &str, provider: impl ProvideCredentials + 'static) -> Self {
        self.with(api, |given| given.give_credentials(provider))
    }

    /// Sends the ID token to an API with `AMAZON_COGNITO_USER_POOLS` instead of the access token: what a Cognito
    /// authorizer without scopes asks for.
    pub fn id_token(self, api: &str) -> Self {
        self.with(api, |given| given.id_token = true)
    }

    /// Sends `Bearer <token>` to an API instead of the bare token, which is what Amplify's libraries send.
    pub fn bearer(self, api: &str) -> Self {
        self.with(api, |given| given.bearer = true)
    }

    /// Adds a layer that sees the requests of an API with all their headers, before they are signed: an interceptor.
    /// What it changes is signed.
    pub fn before_signing<L>(self, api: &str, layer: L) -> Self
    where
        L: Layer<BoxService> + Send + 'static,
        L::Service: HttpService,
    {
        self.stack(api, |stack| stack.before_signing(layer))
    }

    /// Adds a layer that sees the requests of an API as they are sent, and their answers first. What it changes of a
    /// signed request breaks the signature.
    pub fn after_signing<L>(self, api: &str, layer: L) -> Self
    where
        L: Layer<BoxService> + Send + 'static,
        L::Service: HttpService,
    {
        self.stack(api, |stack| stack.after_signing(layer))
    }

    /// Changes anything else about the layers of an API: its time limit, what is attempted again, headers for every
    /// request. See [`gatewright::stack()`] for what there is by default.
    ///
    /// ```
    /// # use gatewright_amplify::Apis;
    /// # use gatewright_config::Config;
    /// use std::time::Duration;
    /// use gatewright::layers::LimitsLayer;
    /// # let file = br#"{"awsAPIPlugin": {"status": {
    /// #     "endpointType": "REST", "endpoint": "https://status.shop.example", "authorizationType": "NONE"
    /// # }}}"#;
    /// # let config = Config::from_slice("amplifyconfiguration.json", file)?;
    ///
    /// let limits = LimitsLayer::new().time(Duration::from_secs(5));
    /// let apis = Apis::from_config(config).stack("status", move |stack| stack.limits(limits)).build()?;
    /// # let _ = apis;
    /// # Ok::<(), gatewright::BoxError>(())
    /// ```
    pub fn stack(self, api: &str, change: impl FnOnce(Stack) -> Stack + Send + 'static) -> Self {
        let change: Change = Box::new(change);
        self.with(api, |given| given.changes.push(change))
    }

    /// Sends the requests of all APIs through this service, and those of the session that is made from the file. Default:
    /// [`gatewright::transport::https`] (feature `transport`).
    ///
    /// It must not follow redirects, which would take credentials along to where they are not checked any more.
    pub fn transport(mut self, service: impl HttpService) -> Self {
        self.transport = Some(service.boxed());
        self
    }

    fn with(mut self, api: &str, give: impl FnOnce(&mut Given)) -> Self {
        give(self.given.entry(api.to_owned()).or_default());
        self
    }

    /// The APIs, each with all of its layers.
    ///
    /// # Errors
    ///
    /// Everything that is missing or does not fit, in one [`BuildError`]: an API without the provider that its
    /// `authorizationType` asks for, a name that the file does not have, a provider that is given twice or has no use.
    pub fn build(self) -> Result<Apis, BuildError> {
        assemble::apis(self)
    }
}

impl fmt::Debug for ApisBuilder {
    /// The names alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.config.apis.keys().collect();
        let given: Vec<&String> = self.given.keys().collect();
        f.debug_struct("ApisBuilder")
            .field("file", &self.config.file)
            .field("apis", &names)
            .field("given", &given)
            .finish_non_exhaustive()
    }
}
