//! The service as a test holds it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gatewright::{Body, BoxError, HttpService};
use gatewright_cognito::{Session, SessionBuilder};
use http::{HeaderMap, Request, Response, header};
use serde_json::Value;

use super::calls::Calls;
use super::faults::{Fault, Faults};
use super::identity_pool::IdentityPool;
use super::random::Random;
use super::response::{self, Outcome};
use super::settings::{identity_pool, user_pool};
use super::user_pool::{User, UserPool};
use super::{Clock, Settings};

/// Both pools behind one address. A clone is the same service.
#[derive(Clone)]
pub(crate) struct Cognito(Arc<Shared>);

struct Shared {
    settings: Settings,
    clock: Clock,
    calls: Calls,
    faults: Faults,
    pools: Mutex<Pools>,
}

struct Pools {
    users: UserPool,
    identities: IdentityPool,
}

impl Cognito {
    pub(crate) fn new(settings: Settings) -> Self {
        let clock = Clock::new();
        let users = UserPool::new(settings.clone(), clock.clone());
        let identities = IdentityPool::new(settings.clone(), clock.clone());
        Self(Arc::new(Shared {
            settings,
            clock,
            calls: Calls::default(),
            faults: Faults::default(),
            pools: Mutex::new(Pools { users, identities }),
        }))
    }

    pub(crate) fn add(&self, user: User) {
        self.0.pools.lock().unwrap().users.add(user);
    }

    /// The identity pool trusts this token of another identity provider.
    pub(crate) fn trust_login(&self, provider: &str, token: &str) {
        let mut pools = self.0.pools.lock().unwrap();
        pools.identities.trust(provider, token);
    }

    /// The last code that was sent to somebody, by SMS or e-mail.
    pub(crate) fn delivered_code(&self) -> String {
        self.0.pools.lock().unwrap().users.delivered_code()
    }

    /// The user whose credentials have this key id; nobody for a guest.
    pub(crate) fn owner_of_key(&self, key: &str) -> Option<String> {
        self.0.pools.lock().unwrap().identities.owner_of_key(key)
    }

    /// Whether the credentials with this key id have not ended.
    pub(crate) fn is_valid_key(&self, key: &str) -> bool {
        self.0.pools.lock().unwrap().identities.is_valid_key(key)
    }

    /// Whether a device is confirmed, and with the verifier of this password.
    pub(crate) fn has_device(&self, key: &str, password: &str) -> bool {
        let pools = self.0.pools.lock().unwrap();
        pools.users.has_device(key, password)
    }

    /// Refuses every refresh token that was issued so far.
    pub(crate) fn revoke_all(&self) {
        self.0.pools.lock().unwrap().users.revoke_all();
    }

    pub(crate) fn clock(&self) -> Clock {
        self.0.clock.clone()
    }

    pub(crate) fn advance(&self, by: Duration) {
        self.0.clock.advance(by);
    }

    /// How often `operation` was called.
    pub(crate) fn count(&self, operation: &str) -> usize {
        self.0.calls.of(operation).len()
    }

    /// How often anything was called.
    pub(crate) fn total(&self) -> usize {
        self.0.calls.total()
    }

    /// What `operation` was called with, call by call.
    pub(crate) fn inputs(&self, operation: &str) -> Vec<Value> {
        self.0.calls.of(operation)
    }

    /// The next call of `operation` that no other fault waits for.
    pub(crate) fn fail_once(&self, operation: &'static str, fault: Fault) {
        self.0.faults.once(operation, fault);
    }

    pub(crate) fn fail_always(&self, operation: &'static str, fault: Fault) {
        self.0.faults.always(operation, fault);
    }

    pub(crate) fn heal(&self) {
        self.0.faults.clear();
    }

    /// What carries requests to this service.
    pub(crate) fn service(&self) -> impl HttpService {
        let cognito = self.clone();
        tower::service_fn(move |request| cognito.clone().serve(request))
    }

    /// A session with both pools of this service, at its time.
    pub(crate) fn session(&self) -> SessionBuilder {
        let (clock, random) = (self.clock(), Random::default());
        let users = match self.0.settings.client_secret {
            Some(secret) => user_pool().client_secret(secret),
            None => user_pool(),
        };
        Session::builder()
            .user_pool(users)
            .identity_pool(identity_pool())
            .transport(self.service())
            .clock(move || clock.now())
            .random(move |bytes| random.fill(bytes))
    }

    async fn serve(self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let operation = operation(request.headers());
        assert!(
            !request.headers().contains_key(header::AUTHORIZATION),
            "{operation} is called unsigned"
        );
        let bytes = request.into_body().into_bytes(1 << 20).await?;
        let input: Value = serde_json::from_slice(&bytes)?;
        self.0.calls.record(&operation, &input);
        let work = || self.0.pools.lock().unwrap().call(&operation, &input);
        match self.0.faults.next(&operation) {
            Some(fault) => fault.apply(work).await,
            None => Ok(response::json(&work())),
        }
    }
}

impl Pools {
    fn call(&mut self, operation: &str, input: &Value) -> Outcome {
        match operation {
            "GetId" => self.identities.get_id(input, &self.users),
            "GetCredentialsForIdentity" => self.identities.get_credentials(input, &self.users),
            _ => self.users.call(operation, input),
        }
    }
}

/// `x-amz-target` without the service's name.
fn operation(headers: &HeaderMap) -> String {
    assert_eq!(headers["content-type"], "application/x-amz-json-1.1");
    let target = headers["x-amz-target"].to_str().unwrap();
    let (service, operation) = target.split_once('.').unwrap();
    let is_identity = operation.starts_with("Get") && operation != "GetTokensFromRefreshToken";
    let expected = if is_identity {
        "AWSCognitoIdentityService"
    } else {
        "AWSCognitoIdentityProviderService"
    };
    assert_eq!(service, expected);
    operation.to_owned()
}
