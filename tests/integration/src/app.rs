//! An app with a session.

use std::path::Path;

use gatewright::Auth;
use gatewright::client::RestClient;
use gatewright::layers::{BearerTokenLayer, SigV4Layer};
use gatewright_cognito::{
    FileStore, IdentityPool, MemoryStore, Session, Step, TokenStore, UserPool,
};
use serde_json::Value;

use crate::clock::OurClock;
use crate::count::Counter;
use crate::peers::Cloud;

/// A session, and one client of the REST API that goes by it. All that it sends is counted.
#[derive(Clone, Debug)]
pub struct App {
    /// Of the user pool and the identity pool.
    pub session: Session,
    /// What went over the wire, to Cognito and to the API.
    pub sent: Counter,
    /// The clock of session and signer.
    pub clock: OurClock,
    rest: RestClient,
    password: String,
}

/// Apps.
///
/// # Panics
///
/// When `setup.py` did not make what they need.
impl App {
    /// For people who sign in by their names.
    pub fn new(cloud: &Cloud) -> Self {
        Self::with(cloud, people(cloud), MemoryStore::default())
    }

    /// For people who sign in by their names, once for all apps with this file.
    pub fn kept_in(file: &Path, cloud: &Cloud) -> Self {
        Self::with(cloud, people(cloud), FileStore::new(file))
    }

    /// For people who sign in by an e-mail address, which is not their name; its app client has a secret.
    pub fn with_aliases(cloud: &Cloud) -> Self {
        Self::with(cloud, aliases(cloud), MemoryStore::default())
    }

    fn with(cloud: &Cloud, pool: UserPool, store: impl TokenStore) -> Self {
        let (sent, clock) = (Counter::default(), OurClock::default());
        let session = Session::builder()
            .user_pool(pool)
            .identity_pool(identities(cloud))
            .store(store)
            .transport(sent.transport())
            .clock(clock.reader());
        let session = session.build().expect("the settings fit");
        Self {
            rest: client(cloud, &session, &sent, &clock),
            session,
            sent,
            clock,
            password: cloud.text("/user_pool/password").to_owned(),
        }
    }
}

/// Calls, which are lazy futures.
impl App {
    /// Signs in with the right password, which has to suffice.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub async fn sign_in(&self, name: &str) {
        let step = self.session.sign_in(name, self.password.as_str()).await;
        assert!(matches!(step, Ok(Step::SignedIn)), "{step:?}");
    }

    /// Calls a route that guests may call.
    pub async fn for_guests(&self) -> gatewright::Result<Value> {
        self.rest.get("getIam", "/iam", Auth::IAM).call().await
    }

    /// Calls a route that only those may call who are signed in.
    pub async fn for_users(&self) -> gatewright::Result<Value> {
        let route = self.rest.get("getOne", "/iam/{id}", Auth::IAM);
        route.path("id", &7).call().await
    }

    /// Calls a route with a Cognito authorizer.
    pub async fn with_token(&self) -> gatewright::Result<Value> {
        self.rest
            .get("getUsers", "/users", Auth::BEARER)
            .call()
            .await
    }
}

/// The user pool whose users sign in by their names.
fn people(cloud: &Cloud) -> UserPool {
    let pool = UserPool::new(cloud.text("/user_pool/id"), cloud.text("/user_pool/client"));
    pool.expect("setup.py prints ids")
        .endpoint(cloud.endpoint())
}

/// The user pool whose users sign in by an e-mail address, with an app client that has a secret.
fn aliases(cloud: &Cloud) -> UserPool {
    let text = |name: &str| cloud.text(&format!("/user_pool/aliases/{name}"));
    let pool = UserPool::new(text("id"), text("client")).expect("setup.py prints ids");
    pool.client_secret(text("client_secret"))
        .endpoint(cloud.endpoint())
}

fn identities(cloud: &Cloud) -> IdentityPool {
    let pool = IdentityPool::new(cloud.text("/identity_pool"));
    pool.expect("setup.py prints ids")
        .endpoint(cloud.endpoint())
}

fn client(cloud: &Cloud, session: &Session, sent: &Counter, clock: &OurClock) -> RestClient {
    let signer = SigV4Layer::from_cache(cloud.text("/region"), session.credentials());
    let tokens = BearerTokenLayer::new(session.access_token());
    let base = cloud.rest_api();
    let service = gatewright::stack(&base)
        .iam(signer.clock(clock.reader()))
        .token(tokens.raw())
        .build_on(sent.transport());
    RestClient::new(service, base)
}
