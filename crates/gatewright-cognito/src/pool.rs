//! User pools and identity pools: their ids and endpoints.

use gatewright::BaseUrl;

use crate::{Error, ErrorKind, Secret};

/// A user pool and the app client that signs users in.
///
/// ```
/// use gatewright_cognito::UserPool;
///
/// let pool = UserPool::new("eu-west-1_AbCdEfGhI", "1example23456789")?.client_secret("app-client-secret");
/// assert_eq!(pool.region(), "eu-west-1");
/// # Ok::<(), gatewright_cognito::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct UserPool {
    id: String,
    region: String,
    client_id: String,
    client_secret: Option<Secret>,
    endpoint: BaseUrl,
}

impl UserPool {
    /// A pool by its id, such as `eu-west-1_AbCdEfGhI`, and the id of one of its app clients. Its endpoint is
    /// `https://cognito-idp.{region}.amazonaws.com`; the id begins with the region.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the id is not a region, an underscore and a name, or if
    /// the client id is empty or has blanks.
    pub fn new(id: impl Into<String>, client_id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        let region = region_of(&id, '_').ok_or_else(|| invalid(USER_POOL_ID))?;
        Self::in_region(region.to_owned(), id, client_id.into())
    }

    /// The pool of an Amplify configuration, in the region that the configuration gives.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); also if the endpoint is not a host.
    pub fn from_config(config: &gatewright_config::UserPool) -> Result<Self, Error> {
        let (id, client_id) = (config.id.clone(), config.client_id.clone());
        let mut pool = Self::in_region(config.region.clone(), id, client_id)?;
        pool.client_secret = config.client_secret.as_ref().map(|it| it.expose().into());
        if let Some(host) = &config.endpoint {
            pool.endpoint = https(host)?;
        }
        Ok(pool)
    }

    fn in_region(region: String, id: String, client_id: String) -> Result<Self, Error> {
        if !name_of(&id).is_some_and(is_word) {
            return Err(invalid(USER_POOL_ID));
        }
        if !is_word(&client_id) {
            return Err(invalid("the app client's id is empty or has blanks"));
        }
        Ok(Self {
            endpoint: aws_endpoint("cognito-idp", &region)?,
            id,
            region,
            client_id,
            client_secret: None,
        })
    }

    /// Sets the secret of the app client. Default: the app client has no secret.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Calls another endpoint than that of AWS, such as a custom endpoint or an emulator. Plain `http` is for
    /// loopback only.
    #[must_use]
    pub fn endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// The id, such as `eu-west-1_AbCdEfGhI`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region of the pool.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The id of the app client.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    pub(crate) fn secret(&self) -> Option<&Secret> {
        self.client_secret.as_ref()
    }

    pub(crate) fn url(&self) -> &BaseUrl {
        &self.endpoint
    }
}

/// An identity pool: AWS credentials for guests and for users.
///
/// ```
/// use gatewright_cognito::IdentityPool;
///
/// let pool = IdentityPool::new("eu-west-1:00000000-1111-2222-3333-444444444444")?.refuse_guests();
/// assert_eq!(pool.region(), "eu-west-1");
/// # Ok::<(), gatewright_cognito::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IdentityPool {
    id: String,
    region: String,
    allows_guests: bool,
    endpoint: BaseUrl,
}

impl IdentityPool {
    /// A pool by its id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`. Its endpoint is
    /// `https://cognito-identity.{region}.amazonaws.com`; the id begins with the region.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration) if the id is not a region, a colon and a UUID.
    pub fn new(id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        let region = region_of(&id, ':').ok_or_else(|| invalid(IDENTITY_POOL_ID))?;
        Self::in_region(region.to_owned(), id)
    }

    /// The pool of an Amplify configuration, in the region that the configuration gives.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn from_config(config: &gatewright_config::IdentityPool) -> Result<Self, Error> {
        let pool = Self::in_region(config.region.clone(), config.id.clone())?;
        Ok(Self {
            allows_guests: config.allows_guests,
            ..pool
        })
    }

    fn in_region(region: String, id: String) -> Result<Self, Error> {
        if !is_word(&id) {
            return Err(invalid(IDENTITY_POOL_ID));
        }
        Ok(Self {
            endpoint: aws_endpoint("cognito-identity", &region)?,
            id,
            region,
            allows_guests: true,
        })
    }

    /// Asks for no credentials unless a user is signed in, even if the pool allows guests. Default: guests are
    /// allowed.
    #[must_use]
    pub fn refuse_guests(mut self) -> Self {
        self.allows_guests = false;
        self
    }

    /// Calls another endpoint than that of AWS, such as a custom endpoint or an emulator. Plain `http` is for
    /// loopback only.
    #[must_use]
    pub fn endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// The id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region of the pool.
    pub fn region(&self) -> &str {
        &self.region
    }

    pub(crate) fn allows_guests(&self) -> bool {
        self.allows_guests
    }

    pub(crate) fn url(&self) -> &BaseUrl {
        &self.endpoint
    }
}

const USER_POOL_ID: &str = "the user pool's id is not one such as `eu-west-1_AbCdEfGhI`";
const IDENTITY_POOL_ID: &str =
    "the identity pool's id is not one such as `eu-west-1:00000000-1111-2222-3333-444444444444`";

fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

/// The name of a user pool within SRP: the part after the underscore.
pub(crate) fn name_of(user_pool_id: &str) -> Option<&str> {
    user_pool_id.split_once('_').map(|(_, name)| name)
}

fn region_of(id: &str, separator: char) -> Option<&str> {
    let (region, rest) = id.split_once(separator)?;
    (!rest.is_empty()).then_some(region)
}

/// Whether Cognito can get this as an id: visible ASCII.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The regions of China have another domain ("Amazon Cognito endpoints", Amazon Web Services in China).
fn aws_endpoint(service: &str, region: &str) -> Result<BaseUrl, Error> {
    if !is_region(region) {
        return Err(invalid(
            "the region is not the name of one, such as `eu-west-1`",
        ));
    }
    let domain = if region.starts_with("cn-") {
        "amazonaws.com.cn"
    } else {
        "amazonaws.com"
    };
    https(&format!("{service}.{region}.{domain}"))
}

/// Lower-case words with hyphens between them, which can be a part of a host name.
fn is_region(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    text.contains('-') && text.split('-').all(is_word)
}

fn https(host: &str) -> Result<BaseUrl, Error> {
    let url = format!("https://{host}").parse();
    url.map_err(|source| {
        Error::because(
            ErrorKind::Configuration,
            "the endpoint is not a host",
            source,
        )
    })
}
