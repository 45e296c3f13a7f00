//! The user pools API.

use std::sync::Arc;

use gatewright::BoxService;
use serde_json::{Value, json};

use super::auth_response::{AuthResponse, NewTokens};
use super::parameters::Parameters;
use crate::hash::secret_hash;
use crate::http::{JsonClient, JsonResponse, Operation, Repeat};
use crate::random::Random;
use crate::srp::DeviceVerifier;
use crate::{Error, ErrorKind, Secret, UserPool};

const fn operation(name: &'static str, repeat: Repeat) -> Operation {
    Operation {
        service: "AWSCognitoIdentityProviderService",
        name,
        repeat,
    }
}

const INITIATE_AUTH: Operation = operation("InitiateAuth", Repeat::IfNotServed);
const RESPOND: Operation = operation("RespondToAuthChallenge", Repeat::IfNotServed);
const GET_TOKENS: Operation = operation("GetTokensFromRefreshToken", Repeat::IfNotServed);
const ASSOCIATE: Operation = operation("AssociateSoftwareToken", Repeat::IfNotServed);
const VERIFY: Operation = operation("VerifySoftwareToken", Repeat::IfNotServed);
const CONFIRM_DEVICE: Operation = operation("ConfirmDevice", Repeat::Harmless);
const REVOKE: Operation = operation("RevokeToken", Repeat::Harmless);
const GLOBAL_SIGN_OUT: Operation = operation("GlobalSignOut", Repeat::Harmless);

/// The API of one user pool. Clones share it.
#[derive(Clone, Debug)]
pub(crate) struct UserPoolApi {
    pool: Arc<UserPool>,
    client: JsonClient,
}

impl UserPoolApi {
    /// An error if the endpoint is neither encrypted nor on this machine.
    pub(crate) fn new(pool: UserPool, service: BoxService, random: Random) -> Result<Self, Error> {
        let client = JsonClient::new(service, random, pool.url())?;
        let pool = Arc::new(pool);
        Ok(Self { pool, client })
    }

    pub(crate) fn pool(&self) -> &UserPool {
        &self.pool
    }

    /// Begins a sign-in. If the app client has a secret, it adds `SECRET_HASH` for the `USERNAME` in `parameters`.
    pub(crate) async fn initiate_auth(
        &self,
        flow: &'static str,
        parameters: Parameters,
    ) -> Result<AuthResponse, Error> {
        let input = self.input([
            ("AuthFlow", flow.into()),
            ("AuthParameters", self.with_hash(parameters).to_json()),
        ]);
        AuthResponse::read(self.client.call(&INITIATE_AUTH, &input).await?)
    }

    /// Responds to a challenge, with `SECRET_HASH` as for [`initiate_auth`](Self::initiate_auth). After SRP the
    /// `USERNAME` is that of `USER_ID_FOR_SRP`, which is not an alias.
    pub(crate) async fn respond(
        &self,
        challenge: &str,
        session: Option<&Secret>,
        responses: Parameters,
    ) -> Result<AuthResponse, Error> {
        let mut input = self.input([
            ("ChallengeName", challenge.into()),
            ("ChallengeResponses", self.with_hash(responses).to_json()),
        ]);
        if let Some(session) = session {
            input["Session"] = session.expose().into();
        }
        AuthResponse::read(self.client.call(&RESPOND, &input).await?)
    }

    fn with_hash(&self, parameters: Parameters) -> Parameters {
        let (Some(secret), Some(username)) = (self.pool.secret(), parameters.get("USERNAME"))
        else {
            return parameters;
        };
        let hash = secret_hash(username.expose(), self.pool.client_id(), secret);
        parameters.with("SECRET_HASH", hash)
    }

    /// New tokens for a refresh token. `username_for_hash` is the user's name in the pool. Only the older operation
    /// needs it, for an app client with a secret; the client calls that operation where the newer one is unknown.
    /// `device_key` is that of the sign-in, if the pool gave one: "You must provide the confirmed device key in this
    /// request if device remembering is enabled in your user pool" (`GetTokensFromRefreshToken`, Amazon Cognito user
    /// pools API reference).
    pub(crate) async fn refresh(
        &self,
        refresh_token: &Secret,
        username_for_hash: Option<&str>,
        device_key: Option<&str>,
    ) -> Result<NewTokens, Error> {
        let token = [("RefreshToken", refresh_token.expose().into())];
        let mut input = self.with_secret(self.input(token));
        if let Some(key) = device_key {
            input["DeviceKey"] = key.into();
        }
        let response = match self.client.call(&GET_TOKENS, &input).await {
            Err(error) if is_unknown_operation(&error) => {
                self.refresh_by_auth(refresh_token, username_for_hash, device_key)
                    .await
            }
            response => response,
        };
        NewTokens::refreshed(response.map_err(session_expired)?)
    }

    async fn refresh_by_auth(
        &self,
        refresh_token: &Secret,
        username_for_hash: Option<&str>,
        device_key: Option<&str>,
    ) -> Result<JsonResponse, Error> {
        let mut parameters = Parameters::new().with("REFRESH_TOKEN", refresh_token.clone());
        if let Some(key) = device_key {
            parameters = parameters.with("DEVICE_KEY", key);
        }
        if let (Some(secret), Some(username)) = (self.pool.secret(), username_for_hash) {
            let hash = secret_hash(username, self.pool.client_id(), secret);
            parameters = parameters.with("SECRET_HASH", hash);
        }
        let input = self.input([
            ("AuthFlow", "REFRESH_TOKEN_AUTH".into()),
            ("AuthParameters", parameters.to_json()),
        ]);
        self.client.call(&INITIATE_AUTH, &input).await
    }

    /// Confirms the device of a sign-in, so that its tokens can be renewed.
    pub(crate) async fn confirm_device(
        &self,
        access_token: &Secret,
        key: &str,
        verifier: &DeviceVerifier,
    ) -> Result<(), Error> {
        let input = json!({
            "AccessToken": access_token.expose(),
            "DeviceKey": key,
            "DeviceSecretVerifierConfig": {
                "PasswordVerifier": verifier.verifier,
                "Salt": verifier.salt,
            },
        });
        match self.client.call(&CONFIRM_DEVICE, &input).await {
            // The key is new, so this is the response to a retry: the first response was lost.
            Err(error) if error.code() == Some("DeviceKeyExistsException") => Ok(()),
            response => response.map(drop),
        }
    }

    /// Revokes a refresh token and its access tokens.
    pub(crate) async fn revoke(&self, refresh_token: &Secret) -> Result<(), Error> {
        let token = [("Token", refresh_token.expose().into())];
        let input = self.with_secret(self.input(token));
        self.client.call(&REVOKE, &input).await.map(drop)
    }

    /// Signs the user out everywhere.
    pub(crate) async fn global_sign_out(&self, access_token: &Secret) -> Result<(), Error> {
        let input = json!({ "AccessToken": access_token.expose() });
        self.client.call(&GLOBAL_SIGN_OUT, &input).await.map(drop)
    }

    /// Gets a new key for an authenticator app, and the next `Session`.
    pub(crate) async fn associate_software_token(
        &self,
        session: &Secret,
    ) -> Result<(Secret, Option<Secret>), Error> {
        let input = json!({ "Session": session.expose() });
        let mut response = self.client.call(&ASSOCIATE, &input).await?;
        let code = response.secret("SecretCode");
        let code = code.ok_or_else(|| response.lacks("key"))?;
        Ok((code, response.secret("Session")))
    }

    /// Sends a code of the authenticator app, and returns the next `Session`.
    pub(crate) async fn verify_software_token(
        &self,
        session: &Secret,
        code: &str,
    ) -> Result<Option<Secret>, Error> {
        let input = json!({ "Session": session.expose(), "UserCode": code });
        let mut response = self.client.call(&VERIFY, &input).await?;
        if response.text("Status").as_deref() == Some("ERROR") {
            let message = "the code of the authenticator app is wrong";
            return Err(Error::new(ErrorKind::CodeMismatch, message));
        }
        Ok(response.secret("Session"))
    }

    fn input<const N: usize>(&self, members: [(&str, Value); N]) -> Value {
        let client = ("ClientId", Value::from(self.pool.client_id()));
        members.into_iter().chain([client]).collect()
    }

    /// The newer operations take the secret itself.
    fn with_secret(&self, mut input: Value) -> Value {
        if let Some(secret) = self.pool.secret() {
            input["ClientSecret"] = secret.expose().into();
        }
        input
    }
}

/// Whether AWS or an emulator does not know the operation.
fn is_unknown_operation(error: &Error) -> bool {
    matches!(
        error.code(),
        Some("UnknownOperationException" | "InvalidAction")
    )
}

/// A refused refresh token, or one without a user, is the end of the session.
fn session_expired(error: Error) -> Error {
    use ErrorKind::{NotAuthorized, SessionExpired, UserNotFound};
    match error.kind() {
        NotAuthorized | UserNotFound | SessionExpired => error.into_kind(
            SessionExpired,
            "the session has ended, since Cognito refused its refresh token: sign in again",
        ),
        _ => error,
    }
}
