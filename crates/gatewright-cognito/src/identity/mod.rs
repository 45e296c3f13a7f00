//! AWS credentials of an identity pool, by the enhanced flow: `GetId`, then `GetCredentialsForIdentity`.

mod login;
mod logins;
mod partition;
mod settings;

use std::fmt;
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;
use gatewright::layers::sigv4::ProvideCredentials;

pub(crate) use self::login::Login;
use self::logins::LoggedIn;
pub(crate) use self::partition::GUEST;
pub(crate) use self::settings::IdentitySettings;
use crate::api::{AwsCredentials, IdentityPoolApi, Logins};
use crate::user::{Core, Users, detached};
use crate::{Error, ErrorKind};

/// Provides credentials of the identity pool, for the user or for a guest; see
/// [`Session::credentials`](crate::Session::credentials).
///
/// The session's store keeps the id of the identity, for the guest and for the present user. So the identity stays
/// the same when credentials are renewed.
pub struct IdentityCredentials {
    core: Arc<Core>,
    users: Users,
    settings: IdentitySettings,
}

/// The identity's id, as a property of the credentials.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identified {
    pub(crate) id: String,
}

/// A second attempt after a refusal of the identity pool.
enum Remedy {
    /// With another identity: this stored id is unknown or another user's.
    OtherIdentity(String),
    /// With other tokens: one of them has just expired.
    OtherTokens,
}

/// An identity, and whether its id comes from the store.
struct Identity {
    id: String,
    is_kept: bool,
}

impl IdentityCredentials {
    pub(crate) fn new(core: Arc<Core>, users: Users, settings: IdentitySettings) -> Self {
        Self {
            core,
            users,
            settings,
        }
    }

    async fn load(&self) -> Result<Credentials, Error> {
        let pool = self.settings.pool()?;
        let logged_in = LoggedIn::now(&self.settings, &self.users).await?;
        let identity = self.identity(pool, &logged_in.logins).await;
        let (error, kept) = match identity {
            Ok(identity) => match pool.credentials(&identity.id, &logged_in.logins).await {
                Ok(credentials) => return Ok(self.signing(credentials, identity.id)),
                Err(error) => (error, identity.is_kept.then_some(identity.id)),
            },
            Err(error) => (error, None),
        };
        let remedy = remedy(&error, kept, &logged_in.logins).ok_or(error)?;
        self.load_again(pool, logged_in, remedy).await
    }

    /// The second attempt. There is no third one.
    async fn load_again(
        &self,
        pool: &IdentityPoolApi,
        mut logged_in: LoggedIn,
        remedy: Remedy,
    ) -> Result<Credentials, Error> {
        let id = match remedy {
            Remedy::OtherIdentity(kept) => {
                let logins = &logged_in.logins;
                self.new_identity(pool, logins, Some(kept)).await?
            }
            Remedy::OtherTokens => {
                logged_in.refused(&self.settings, &self.users);
                logged_in = LoggedIn::now(&self.settings, &self.users).await?;
                self.identity(pool, &logged_in.logins).await?.id
            }
        };
        let credentials = pool.credentials(&id, &logged_in.logins).await?;
        Ok(self.signing(credentials, id))
    }

    fn signing(&self, credentials: AwsCredentials, id: String) -> Credentials {
        let expires_at = credentials.expires_at(self.core.clock.now());
        let mut signing = Credentials::new(
            credentials.access_key_id,
            credentials.secret_key.expose(),
            Some(credentials.session_token.expose().to_owned()),
            Some(expires_at),
            "CognitoIdentityPool",
        );
        signing.set_property(Identified { id });
        signing
    }

    async fn identity(&self, pool: &IdentityPoolApi, logins: &Logins) -> Result<Identity, Error> {
        let mut record = self.core.records.read().await?;
        let kept = record.identities.remove(&partition::partition(logins));
        Ok(Identity {
            is_kept: kept.is_some(),
            id: match kept {
                Some(id) => id,
                None => self.new_identity(pool, logins, None).await?,
            },
        })
    }

    /// Asks for an id and stores it instead of `kept`.
    async fn new_identity(
        &self,
        pool: &IdentityPoolApi,
        logins: &Logins,
        kept: Option<String>,
    ) -> Result<String, Error> {
        let id = pool.get_id(logins).await?;
        let (core, partition) = (Arc::clone(&self.core), partition::partition(logins));
        detached(async move { keep(&core, partition, kept, id).await }).await
    }
}

/// Stores this id and keeps that of the guest; ids of other users are removed. Returns the id that counts: that of
/// another process, if it was faster, so that two processes are one guest.
async fn keep(
    core: &Core,
    partition: String,
    before: Option<String>,
    id: String,
) -> Result<String, Error> {
    let _lock = core.records.lock().await?;
    let mut record = core.records.read().await?;
    let kept = record.identities.remove(&partition);
    if let Some(kept) = kept.filter(|kept| before.as_ref() != Some(kept)) {
        return Ok(kept);
    }
    record.identities.retain(|other, _| other == GUEST);
    record.identities.insert(partition, id.clone());
    core.records.write(&record).await?;
    Ok(id)
}

/// Decides by the text: the identity pools API has one error name for all of these cases.
fn remedy(error: &Error, kept: Option<String>, logins: &Logins) -> Option<Remedy> {
    let is_unknown = error.code() == Some("ResourceNotFoundException");
    let is_refused = error.kind() == ErrorKind::NotAuthorized;
    let text = error.to_string().to_lowercase();
    let is_about_token = is_refused && (text.contains("login token") || text.contains("expired"));
    if is_about_token && !logins.is_empty() {
        Some(Remedy::OtherTokens)
    } else if is_unknown || is_refused {
        kept.map(Remedy::OtherIdentity)
    } else {
        None
    }
}

impl ProvideCredentials for IdentityCredentials {
    fn provide_credentials<'a>(&'a self) -> ProvideFuture<'a>
    where
        Self: 'a,
    {
        ProvideFuture::new(async {
            let loaded = self.load().await;
            loaded.map_err(CredentialsError::provider_error)
        })
    }
}

impl fmt::Debug for IdentityCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityCredentials")
            .finish_non_exhaustive()
    }
}
