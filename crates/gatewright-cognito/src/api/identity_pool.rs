//! The identity pools API (federated identities).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use gatewright::BoxService;
use serde_json::{Value, json};

use crate::http::{JsonClient, JsonResponse, Operation, Repeat};
use crate::random::Random;
use crate::{Error, ErrorKind, IdentityPool, Secret};

const fn operation(name: &'static str) -> Operation {
    Operation {
        service: "AWSCognitoIdentityService",
        name,
        repeat: Repeat::Harmless,
    }
}

const GET_ID: Operation = operation("GetId");
const GET_CREDENTIALS: Operation = operation("GetCredentialsForIdentity");

/// ID tokens by the name of their provider, such as `cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`. Empty
/// for a guest.
pub(crate) type Logins = BTreeMap<String, Secret>;

/// Temporary AWS credentials of an identity.
#[derive(Clone, Debug)]
pub(crate) struct AwsCredentials {
    pub(crate) access_key_id: String,
    pub(crate) secret_key: Secret,
    pub(crate) session_token: Secret,
    expires_at: SystemTime,
    /// The lifetime by the server's clock alone.
    lifetime: Option<Duration>,
}

/// The API of one identity pool. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct IdentityPoolApi {
    pool: Arc<IdentityPool>,
    client: JsonClient,
}

impl IdentityPoolApi {
    /// An error if the endpoint is neither encrypted nor on this machine.
    pub(crate) fn new(
        pool: IdentityPool,
        service: BoxService,
        random: Random,
    ) -> Result<Self, Error> {
        let client = JsonClient::new(service, random, pool.url())?;
        let pool = Arc::new(pool);
        Ok(Self { pool, client })
    }

    /// The id of the identity that has these logins, or of a new guest.
    pub(crate) async fn get_id(&self, logins: &Logins) -> Result<String, Error> {
        let input = json!({ "IdentityPoolId": self.pool.id() });
        let mut response = self.call(&GET_ID, input, logins).await?;
        let id = response.text("IdentityId");
        id.ok_or_else(|| response.lacks("identity id"))
    }

    /// Credentials of the role that the pool gives the identity.
    pub(crate) async fn credentials(
        &self,
        identity_id: &str,
        logins: &Logins,
    ) -> Result<AwsCredentials, Error> {
        let input = json!({ "IdentityId": identity_id });
        let mut response = self.call(&GET_CREDENTIALS, input, logins).await?;
        let credentials = response.object("Credentials");
        AwsCredentials::read(credentials.ok_or_else(|| response.lacks("credentials"))?)
    }

    async fn call(
        &self,
        operation: &Operation,
        mut input: Value,
        logins: &Logins,
    ) -> Result<JsonResponse, Error> {
        if logins.is_empty() {
            self.check_guest()?;
            let response = self.client.call(operation, &input).await;
            return response.map_err(guest_refused);
        }
        let logins = logins
            .iter()
            .map(|(name, token)| (name.clone(), token.expose()));
        input["Logins"] = logins.collect();
        self.client.call(operation, &input).await
    }

    fn check_guest(&self) -> Result<(), Error> {
        if self.pool.allows_guests() {
            return Ok(());
        }
        let message = "nobody is signed in, and the configuration refuses guests: sign in first";
        Err(Error::new(ErrorKind::GuestsRefused, message))
    }
}

fn guest_refused(error: Error) -> Error {
    match error.kind() {
        ErrorKind::NotAuthorized => error.into_kind(
            ErrorKind::GuestsRefused,
            "nobody is signed in, and the identity pool refuses guests: sign in first",
        ),
        _ => error,
    }
}

impl AwsCredentials {
    /// When they expire, for a clock that shows `now`. New credentials that have expired by this clock show that the
    /// clock is ahead: then they last from `now` for their lifetime by the server's clock.
    pub(crate) fn expires_at(&self, now: SystemTime) -> SystemTime {
        let by_lifetime = self.lifetime.and_then(|left| now.checked_add(left));
        match by_lifetime {
            Some(expires_at) if self.expires_at <= now => expires_at,
            _ => self.expires_at,
        }
    }

    fn read(mut response: JsonResponse) -> Result<Self, Error> {
        let expiration = response.number("Expiration");
        let expires_at = expiration
            .and_then(time)
            .ok_or_else(|| response.lacks("expiration"))?;
        let access_key_id = response.text("AccessKeyId");
        let secret_key = response.secret("SecretKey");
        let session_token = response.secret("SessionToken");
        Ok(Self {
            access_key_id: access_key_id.ok_or_else(|| response.lacks("access key id"))?,
            secret_key: secret_key.ok_or_else(|| response.lacks("secret key"))?,
            session_token: session_token.ok_or_else(|| response.lacks("session token"))?,
            expires_at,
            lifetime: response
                .date()
                .and_then(|date| expires_at.duration_since(date).ok()),
        })
    }
}

/// Seconds since 1970, perhaps with a fraction.
fn time(seconds: f64) -> Option<SystemTime> {
    let since = Duration::try_from_secs_f64(seconds).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(since)
}
