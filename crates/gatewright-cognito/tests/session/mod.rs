//! What a session does once somebody is signed in, and before.

mod auth_session;
mod clients;
mod clocks;
mod devices;
mod expiry;
mod federation;
mod guest;
mod identity;
mod layers;
mod narrow;
mod processes;
mod refused;
mod renewal;
mod repeats;
mod rotation;
mod runtimes;
mod secrets;
mod shared_store;
mod sign_out;
mod slow_store;
mod stores;
mod switch;
mod user_before;
mod waits;

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use gatewright::ProvideToken;
use gatewright::layers::sigv4::ProvideCredentials;
use gatewright_cognito::{Error, IdentityPool, Session, SessionBuilder, SignIn, Step, UserPool};

use crate::support::{CLIENT_ID, Cognito, IDENTITY_POOL_ID, REGION, Settings, USER_POOL_ID, User};

const PASSWORD: &str = "planted-password";
const HOUR: Duration = Duration::from_secs(3600);
/// Credentials have half a second more.
const OVER_AN_HOUR: Duration = Duration::from_secs(3601);
/// Within the last minute of an hour, in which calls wait for what is renewed.
const ALMOST_AN_HOUR: Duration = Duration::from_secs(3600 - 30);

/// Both pools, with alice and bob.
fn cognito(settings: Settings) -> Cognito {
    let cognito = Cognito::new(settings);
    cognito.add(User::new("alice", PASSWORD));
    cognito.add(User::new("bob", PASSWORD));
    cognito
}

fn user_pool() -> UserPool {
    UserPool::new(USER_POOL_ID, CLIENT_ID).unwrap()
}

fn identity_pool() -> IdentityPool {
    IdentityPool::new(IDENTITY_POOL_ID).unwrap()
}

/// The way to the service, and its clock.
fn at(cognito: &Cognito) -> SessionBuilder {
    let clock = cognito.clock();
    Session::builder()
        .transport(cognito.service())
        .clock(move || clock.now())
}

/// With both pools.
fn builder(cognito: &Cognito) -> SessionBuilder {
    at(cognito)
        .user_pool(user_pool())
        .identity_pool(identity_pool())
}

fn session(cognito: &Cognito) -> Session {
    builder(cognito).build().unwrap()
}

async fn sign_in(session: &Session, name: &str) {
    let step = session.sign_in_with(SignIn::password(name, PASSWORD)).await;
    assert!(matches!(step.unwrap(), Step::SignedIn));
}

/// The id of the key that a call would be signed with. It names the role.
async fn key(session: &Session) -> Result<String, Error> {
    let credentials = session.credentials().provide_credentials().await;
    let credentials = credentials.map_err(|error| own(&error))?;
    Ok(credentials.access_key_id().to_owned())
}

async fn access(session: &Session) -> Result<String, Error> {
    let token = session.access_token().provide_token().await;
    Ok(token.map_err(|error| own(&*error))?.secret().to_owned())
}

/// The crate's error among the causes.
fn own(error: &(dyn std::error::Error + 'static)) -> Error {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    let own = causes.find_map(|cause| cause.downcast_ref::<Error>());
    own.unwrap().clone()
}

fn is_guest(key: &str) -> bool {
    key.starts_with("ASIAGUEST")
}

fn is_user(key: &str) -> bool {
    key.starts_with("ASIAUSER")
}

/// Runs `call` a thousand times at once.
async fn thousand<T, F>(call: impl Fn() -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..1000).map(|_| tokio::spawn(call())).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

/// Lets other tasks go on until nothing is left to do for them. They do not wait for time.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}

/// A directory that is removed with its test.
struct Directory(PathBuf);

impl Directory {
    fn new(test: &str) -> Self {
        let name = format!("session-{test}-{}", std::process::id());
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("session.json")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}
