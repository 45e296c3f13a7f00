//! The API of the configuration, with the session that its calls are authorized by.

use gatewright::BoxError;
use gatewright_amplify::Apis;
use gatewright_cognito::Session;
use gatewright_config::Config;

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
        (Some(auth), Some(endpoint)) => {
            let session = Session::from_config(auth)?;
            Some(session.endpoint(endpoint.clone()).build()?)
        }
        _ => None,
    };
    let mut apis = Apis::from_config(config);
    if let Some(session) = session {
        apis = apis.session(session);
    }
    Ok(apis.build()?)
}
