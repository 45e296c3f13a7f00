//! The cache of AWS credentials, as the signer uses it.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(feature = "sigv4")]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as Provided;
use aws_credential_types::provider::{ProvideCredentials, Result};
use bytes::Bytes;
use gatewright::RefreshPolicy;
use gatewright::layers::SigV4Layer;
use gatewright::layers::sigv4::CachedCredentials;
use http::{Request, Response};
use http_body_util::Full;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tower::{Layer, ServiceExt};

const START: SystemTime = SystemTime::UNIX_EPOCH;
const CALLERS: usize = 10_000;
const HOUR: Duration = Duration::from_secs(3600);

/// Gives credentials for an hour, whose key id is the number of the call, until the test makes it fail.
#[derive(Clone, Debug)]
struct Peer {
    calls: Arc<AtomicUsize>,
    fails_from: usize,
    began: Instant,
}

impl Peer {
    fn new(fails_from: usize) -> Self {
        Self {
            calls: Arc::default(),
            fails_from,
            began: Instant::now(),
        }
    }

    fn now(&self) -> SystemTime {
        START + self.began.elapsed()
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }

    async fn credentials(&self) -> Result {
        let call = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(Duration::from_secs(2)).await;
        if call >= self.fails_from {
            return Err(CredentialsError::provider_error("down"));
        }
        let end = Some(self.now() + HOUR);
        Ok(Credentials::new(
            format!("AKID{call}"),
            "secret",
            None,
            end,
            "test",
        ))
    }
}

impl ProvideCredentials for Peer {
    fn provide_credentials<'a>(&'a self) -> Provided<'a>
    where
        Self: 'a,
    {
        Provided::new(self.credentials())
    }
}

fn layer(peer: &Peer) -> SigV4Layer<Peer> {
    let clock = peer.clone();
    SigV4Layer::new("eu-central-1", peer.clone())
        .refresh_policy(RefreshPolicy::default().jitter(|| 0.0))
        .clock(move || clock.now())
}

/// The key id that a request was signed with, or the error.
async fn signed(layer: SigV4Layer<Peer>) -> std::result::Result<String, String> {
    let server = tower::service_fn(async |request: Request<Full<Bytes>>| {
        Ok::<_, Infallible>(Response::new(request))
    });
    let request = Request::get("https://api.test/pets").body(Full::default());
    let sent = layer.layer(server).oneshot(request.unwrap()).await;
    let sent = sent.map_err(|error| error.to_string())?.into_body();
    let authorization = sent.headers()["authorization"].to_str().unwrap();
    let (_, id) = authorization.split_once("Credential=").unwrap();
    Ok(id.split('/').next().unwrap().to_owned())
}

/// Ten thousand callers at once, and how long they took together.
async fn stampede(layer: &SigV4Layer<Peer>, key: &str) -> Duration {
    let began = Instant::now();
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(signed(layer.clone()));
    }
    let results = callers.join_all().await;
    assert_eq!(results.len(), CALLERS);
    assert!(results.iter().all(|result| result.as_deref() == Ok(key)));
    began.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_stampede_of_signers_is_one_call_of_the_provider() {
    let peer = Peer::new(usize::MAX);
    let layer = layer(&peer);
    assert_eq!(stampede(&layer, "AKID1").await.as_secs(), 2);
    assert_eq!(peer.calls(), 1);
    // In the advisory window nobody waits.
    tokio::time::sleep(Duration::from_secs(46 * 60)).await;
    assert_eq!(stampede(&layer, "AKID1").await.as_secs(), 0);
    assert_eq!(peer.calls(), 2);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(stampede(&layer, "AKID2").await.as_secs(), 0);
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn valid_credentials_outlive_a_provider_that_fails_and_expired_ones_are_not_used() {
    let peer = Peer::new(2);
    let layer = layer(&peer);
    assert_eq!(signed(layer.clone()).await.as_deref(), Ok("AKID1"));
    tokio::time::sleep(Duration::from_secs(59 * 60)).await;
    assert_eq!(signed(layer.clone()).await.as_deref(), Ok("AKID1"));
    tokio::time::sleep(Duration::from_secs(60)).await;
    let error = signed(layer).await.unwrap_err();
    assert_eq!(
        error,
        "the provider could not give AWS credentials; see the source error"
    );
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_signed_with_the_credentials_of_its_time() {
    let peer = Peer::new(usize::MAX);
    let layer = layer(&peer);
    for key in ["AKID1", "AKID2", "AKID3"] {
        assert_eq!(signed(layer.clone()).await.as_deref(), Ok(key));
        tokio::time::sleep(HOUR).await;
    }
}

#[tokio::test(start_paused = true)]
async fn layers_of_one_cache_share_its_credentials_and_forget_them_together() {
    let peer = Peer::new(usize::MAX);
    let shared = CachedCredentials::new(peer.clone());
    let of_region = |region: &str| {
        let clock = peer.clone();
        SigV4Layer::from_cache(region, shared.clone()).clock(move || clock.now())
    };
    let (here, there) = (of_region("eu-central-1"), of_region("us-east-1"));
    assert_eq!(signed(here.clone()).await.as_deref(), Ok("AKID1"));
    assert_eq!(signed(there.clone()).await.as_deref(), Ok("AKID1"));
    assert_eq!(peer.calls(), 1);
    shared.forget();
    assert_eq!(signed(there).await.as_deref(), Ok("AKID2"));
    assert_eq!(signed(here).await.as_deref(), Ok("AKID2"));
    assert_eq!(peer.calls(), 2);
}

#[tokio::test(start_paused = true)]
async fn cached_credentials_are_a_provider_themselves() {
    let peer = Peer::new(2);
    let clock = peer.clone();
    let shared = CachedCredentials::new(peer.clone()).clock(move || clock.now());
    let first = shared.provide_credentials().await.unwrap();
    let second = shared.provide_credentials().await.unwrap();
    assert_eq!(first.access_key_id(), second.access_key_id());
    shared.forget();
    let error = shared.provide_credentials().await.unwrap_err();
    assert!(matches!(error, CredentialsError::ProviderError(_)));
}
