//! From what the file says and what the app gave to APIs that can be called.

use std::collections::BTreeMap;

use gatewright::BoxService;
#[cfg(feature = "transport")]
use gatewright::HttpService;
use gatewright_config::Config;

use crate::apis::{Callable, Shared};
use crate::given::Given;
use crate::plan::Plan;
use crate::pools::Cognito;
use crate::{Apis, ApisBuilder, BuildError};

/// All APIs, or all that stands in their way.
pub(crate) fn apis(builder: ApisBuilder) -> Result<Apis, BuildError> {
    let ApisBuilder {
        config,
        given,
        session,
        transport,
    } = builder;
    let mut problems = strangers(&config, &given);
    let cognito = match session {
        Some(session) => Cognito::of(session),
        None => Cognito::from_config(&config, &given, transport.clone(), &mut problems),
    };
    let plans = plans(&config, given, &cognito, &mut problems);
    let transport = transport.or_else(default_transport);
    if transport.is_none() {
        problems.push(NO_TRANSPORT.to_owned());
    }
    match transport.filter(|_| problems.is_empty()) {
        Some(transport) => Ok(Apis::new(Shared {
            config,
            apis: on_transport(plans, &transport),
            session: cognito.into_session(),
        })),
        None => Err(BuildError::new(problems, config.warnings)),
    }
}

const NO_TRANSPORT: &str =
    "there is no transport: give one with `.transport(..)`, or turn on the feature `transport`";

#[cfg(feature = "transport")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "without the feature there is none"
)]
fn default_transport() -> Option<BoxService> {
    Some(gatewright::transport::https().boxed())
}

#[cfg(not(feature = "transport"))]
fn default_transport() -> Option<BoxService> {
    None
}

/// The names that the file does not have.
fn strangers(config: &Config, given: &BTreeMap<String, Given>) -> Vec<String> {
    let refused = given.keys().filter_map(|name| config.api(Some(name)).err());
    refused.map(|error| error.to_string()).collect()
}

fn plans(
    config: &Config,
    mut given: BTreeMap<String, Given>,
    cognito: &Cognito,
    problems: &mut Vec<String>,
) -> BTreeMap<String, Plan> {
    let mut plans = BTreeMap::new();
    for api in config.apis.values() {
        let name = &api.name;
        let given = given.remove(name).unwrap_or_default();
        problems.extend(given.misfits(api));
        match Plan::new(api, given, cognito) {
            Ok(plan) => drop(plans.insert(name.clone(), plan)),
            Err(problem) => {
                problems.push(format!("API `{name}` ({}) {problem}", api.authorization));
            }
        }
    }
    plans
}

/// All APIs share the transport, and so their connections.
fn on_transport(
    plans: BTreeMap<String, Plan>,
    transport: &BoxService,
) -> BTreeMap<String, Callable> {
    let callable = |(name, plan): (String, Plan)| (name, plan.on(transport.clone()));
    plans.into_iter().map(callable).collect()
}
