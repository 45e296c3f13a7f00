//! AWS credentials of an identity pool, by the enhanced flow: `GetId`, then `GetCredentialsForIdentity`.

mod login;
mod logins;
mod partition;

use std::fmt;
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideFuture;
use gatewright::layers::sigv4::ProvideCredentials;

pub(crate) use self::login::Login;
use self::logins::LoggedIn;
pub(crate) use self::partition::GUEST;
use crate::api::{AwsCredentials, IdentityPoolApi, Logins};
use crate::session::{Core, Users, detached};
use crate::{Error, ErrorKind};

/// Asks the identity pool for credentials of whoever is signed in, or of a guest; see
/// [`Session::credentials`](crate::Session::credentials).
///
/// The identity's id is kept in the session's store, for the guest and for the user of the time, so that it stays the same
/// when credentials are renewed.
pub struct IdentityCredentials {
    core: Arc<Core>,
    users: Users,
}

/// The id of the identity that credentials are for; it travels with them.
#[derive(Clone, Debug)]
pub(crate) struct IdentityId(pub(crate) String);

/// What may help when the identity pool refuses.
#[derive(Clone, Copy)]
enum Remedy {
    /// The one that was kept is gone, or somebody else's.
    OtherIdentity,
    /// A token was about to expire, and has.
    OtherTokens,
}

/// An identity, and whether it was kept from before.
struct Identity {
    id: String,
    is_kept: bool,
}

impl IdentityCredentials {
    pub(crate) fn new(core: Arc<Core>, users: Users) -> Self {
        Self { core, users }
    }

    async fn load(&self) -> Result<Credentials, Error> {
        let pool = self.core.identity_pool()?;
        let logged_in = LoggedIn::now(&self.core, &self.users).await?;
        let identity = self.identity(pool, &logged_in.logins).await;
        let (error, is_kept) = match identity {
            Ok(identity) => match pool.credentials(&identity.id, &logged_in.logins).await {
                Ok(credentials) => return Ok(signing(credentials, identity.id)),
                Err(error) => (error, identity.is_kept),
            },
            Err(error) => (error, false),
        };
        let remedy = remedy(&error, is_kept, &logged_in.logins).ok_or(error)?;
        self.load_again(pool, logged_in, remedy).await
    }

    /// Once, and not a third time.
    async fn load_again(
        &self,
        pool: &IdentityPoolApi,
        mut logged_in: LoggedIn,
        remedy: Remedy,
    ) -> Result<Credentials, Error> {
        let id = match remedy {
            Remedy::OtherIdentity => self.new_identity(pool, &logged_in.logins).await?,
            Remedy::OtherTokens => {
                logged_in.refused(&self.core, &self.users);
                logged_in = LoggedIn::now(&self.core, &self.users).await?;
                self.identity(pool, &logged_in.logins).await?.id
            }
        };
        let credentials = pool.credentials(&id, &logged_in.logins).await?;
        Ok(signing(credentials, id))
    }

    async fn identity(&self, pool: &IdentityPoolApi, logins: &Logins) -> Result<Identity, Error> {
        let mut record = self.core.vault.read().await?;
        let kept = record.identities.remove(&partition::partition(logins));
        Ok(Identity {
            is_kept: kept.is_some(),
            id: match kept {
                Some(id) => id,
                None => self.new_identity(pool, logins).await?,
            },
        })
    }

    async fn new_identity(&self, pool: &IdentityPoolApi, logins: &Logins) -> Result<String, Error> {
        let id = pool.get_id(logins).await?;
        let (core, partition, kept) = (
            Arc::clone(&self.core),
            partition::partition(logins),
            id.clone(),
        );
        detached(async move { keep(&core, partition, kept).await }).await?;
        Ok(id)
    }
}

/// Keeps the guest's and this one; those of other users have no one to serve.
async fn keep(core: &Core, partition: String, id: String) -> Result<(), Error> {
    let _lock = core.vault.lock().await?;
    let mut record = core.vault.read().await?;
    record.identities.retain(|other, _| other == GUEST);
    record.identities.insert(partition, id);
    core.vault.write(&record).await
}

/// By the texts of the identity pools API, which has one name for all of these.
fn remedy(error: &Error, is_kept: bool, logins: &Logins) -> Option<Remedy> {
    let is_unknown = error.code() == Some("ResourceNotFoundException");
    let is_refused = error.kind() == ErrorKind::NotAuthorized;
    let text = error.to_string().to_lowercase();
    let is_about_token = is_refused && (text.contains("login token") || text.contains("expired"));
    if is_about_token && !logins.is_empty() {
        Some(Remedy::OtherTokens)
    } else if is_kept && (is_unknown || is_refused) {
        Some(Remedy::OtherIdentity)
    } else {
        None
    }
}

fn signing(credentials: AwsCredentials, identity_id: String) -> Credentials {
    let mut signing = Credentials::new(
        credentials.access_key_id,
        credentials.secret_key.expose(),
        Some(credentials.session_token.expose().to_owned()),
        Some(credentials.expires_at),
        "CognitoIdentityPool",
    );
    signing.set_property(IdentityId(identity_id));
    signing
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
