//! Which user pool and which identity pool.

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
    /// The pool of this id, such as `eu-west-1_AbCdEfGhI`, and the id of one of its app clients. It is called at
    /// `https://cognito-idp.{region}.amazonaws.com`, where the region is what the id begins with.
    ///
    /// # Errors
    ///
    /// When the id is not a region, an underscore and a name, or the client id is empty or has blanks.
    pub fn new(id: impl Into<String>, client_id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        let region = region_of(&id, '_').ok_or_else(|| invalid(USER_POOL_ID))?;
        Self::in_region(region.to_owned(), id, client_id.into())
    }

    /// The pool that an Amplify configuration names, in the region that it gives.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and when the endpoint is not a host.
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

    /// The app client's secret, of one that has a secret.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Calls another address than AWS's own: a custom endpoint, an emulator. Plain `http` is for loopback only.
    #[must_use]
    pub fn endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// The id, such as `eu-west-1_AbCdEfGhI`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region that the pool is in.
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
    /// The pool of this id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`. It is called at
    /// `https://cognito-identity.{region}.amazonaws.com`, where the region is what the id begins with.
    ///
    /// # Errors
    ///
    /// When the id is not a region, a colon and a UUID.
    pub fn new(id: impl Into<String>) -> Result<Self, Error> {
        let id = id.into();
        let region = region_of(&id, ':').ok_or_else(|| invalid(IDENTITY_POOL_ID))?;
        Self::in_region(region.to_owned(), id)
    }

    /// The pool that an Amplify configuration names, in the region that it gives.
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

    /// Asks for no credentials unless somebody is signed in, whatever the pool would allow.
    #[must_use]
    pub fn refuse_guests(mut self) -> Self {
        self.allows_guests = false;
        self
    }

    /// Calls another address than AWS's own: a custom endpoint, an emulator. Plain `http` is for loopback only.
    #[must_use]
    pub fn endpoint(mut self, endpoint: BaseUrl) -> Self {
        self.endpoint = endpoint;
        self
    }

    /// The id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region that the pool is in.
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

/// What a user pool is called within SRP: what follows the underscore.
pub(crate) fn name_of(user_pool_id: &str) -> Option<&str> {
    user_pool_id.split_once('_').map(|(_, name)| name)
}

fn region_of(id: &str, separator: char) -> Option<&str> {
    let (region, rest) = id.split_once(separator)?;
    (!rest.is_empty()).then_some(region)
}

/// Something to send to Cognito as an id: visible ASCII.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The regions of China have a domain of their own ("Amazon Cognito endpoints", Amazon Web Services in China).
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

/// Lower-case words with hyphens between: what may become a part of a host's name.
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
