//! Cognito, for the APIs whose credentials or tokens come from it.

use std::collections::BTreeMap;

use gatewright::BoxService;
use gatewright::layers::SigV4Layer;
use gatewright::stack::Stack;
use gatewright_cognito::Session;
use gatewright_config::{Api, AuthorizationType, CognitoAuth, Config};

use crate::given::{Given, signed, with_tokens};

/// What of Cognito there is for the APIs.
#[derive(Default)]
pub(crate) struct Cognito {
    /// `None` as well if it could not be made, which is a problem of its own.
    session: Option<Session>,
    has_users: bool,
    has_identities: bool,
    /// The file's name, if the pools are those of the file.
    file: Option<String>,
}

impl Cognito {
    /// The session that the app gave.
    pub(crate) fn of(session: Session) -> Self {
        Self {
            has_users: session.has_user_pool(),
            has_identities: session.has_identity_pool(),
            session: Some(session),
            file: None,
        }
    }

    /// What the file says, with a session if an API needs one. Why it could not be made is added to `problems`.
    pub(crate) fn from_config(
        config: &Config,
        given: &BTreeMap<String, Given>,
        transport: Option<BoxService>,
        problems: &mut Vec<String>,
    ) -> Self {
        let Some(auth) = &config.auth else {
            return Self {
                file: Some(config.file.clone()),
                ..Self::default()
            };
        };
        let mut apis = config.apis.values();
        let is_needed = apis.any(|api| needs_session(api, given.get(&api.name)));
        let made = is_needed.then(|| session(auth, transport)).transpose();
        let session = made.unwrap_or_else(|error| {
            problems.push(format!("{}: {error}", config.file));
            None
        });
        Self {
            session,
            has_users: auth.user_pool.is_some(),
            has_identities: auth.identity_pool.is_some(),
            file: Some(config.file.clone()),
        }
    }

    /// Who lacks this pool, and how a session gets one.
    pub(crate) fn lacks(&self, pool: &str) -> String {
        match &self.file {
            Some(file) => {
                format!("{file} names no {pool} pool; give it a session with `.session(..)`")
            }
            None => format!(
                "the session has no {pool} pool; add one with `SessionBuilder::{pool}_pool`"
            ),
        }
    }

    pub(crate) fn into_session(self) -> Option<Session> {
        self.session
    }

    /// Signs with the identity pool's credentials; `None` if there is no identity pool.
    pub(crate) fn sign(&self, stack: Stack, region: &str) -> Option<Stack> {
        self.has_identities.then(|| match &self.session {
            Some(session) => signed(stack, SigV4Layer::from_cache(region, session.credentials())),
            None => stack,
        })
    }

    /// Puts on tokens of the user pool; `None` if there is no user pool.
    pub(crate) fn tokens(&self, stack: Stack, id_token: bool, bearer: bool) -> Option<Stack> {
        self.has_users.then(|| match &self.session {
            Some(session) if id_token => with_tokens(stack, session.id_token(), bearer),
            Some(session) => with_tokens(stack, session.access_token(), bearer),
            None => stack,
        })
    }
}

fn needs_session(api: &Api, given: Option<&Given>) -> bool {
    match api.authorization {
        AuthorizationType::AwsIam => given.is_none_or(|given| given.credentials.is_none()),
        AuthorizationType::AmazonCognitoUserPools => {
            given.is_none_or(|given| given.tokens.is_none())
        }
        _ => false,
    }
}

fn session(
    auth: &CognitoAuth,
    transport: Option<BoxService>,
) -> Result<Session, gatewright_cognito::Error> {
    let builder = Session::from_config(auth)?;
    match transport {
        Some(transport) => builder.transport(transport).build(),
        None => builder.build(),
    }
}
