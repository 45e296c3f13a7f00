//! The API of the configuration, with the session that its calls are authorized by.

use gatewright::{BaseUrl, BoxError};
use gatewright_amplify::Apis;
use gatewright_cognito::{IdentityPool, Session, UserPool};
use gatewright_config::{CognitoAuth, Config};

use crate::arguments::Arguments;

pub(crate) fn build(arguments: &Arguments) -> Result<Apis, BoxError> {
    let file = &arguments.config;
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let mut config = Config::from_slice(file, &bytes)?;
    for warning in &config.warnings {
        eprintln!("{}: {warning}", config.file);
    }
    // The others may want tokens of their own, which this program does not have.
    let name = config.api(arguments.api.as_deref())?.name.clone();
    config.apis.retain(|other, _| *other == name);
    let session = match (&config.auth, &arguments.endpoint) {
        (Some(auth), Some(endpoint)) => Some(session_at(auth, endpoint)?),
        _ => None,
    };
    let mut apis = Apis::from_config(config);
    if let Some(session) = session {
        apis = apis.session(session);
    }
    Ok(apis.build()?)
}

/// A session with the pools at another address than AWS's: an emulator's.
fn session_at(auth: &CognitoAuth, endpoint: &BaseUrl) -> Result<Session, BoxError> {
    let mut session = Session::from_config(auth)?;
    if let Some(pool) = &auth.user_pool {
        session = session.user_pool(UserPool::from_config(pool)?.endpoint(endpoint.clone()));
    }
    if let Some(pool) = &auth.identity_pool {
        session =
            session.identity_pool(IdentityPool::from_config(pool)?.endpoint(endpoint.clone()));
    }
    Ok(session.build()?)
}
