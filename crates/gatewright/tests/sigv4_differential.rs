//! The signer against `aws-sigv4`, on random requests: 100,000 in a release build, 10,000 in a debug build.
#![cfg(feature = "sigv4")]
#![allow(clippy::unwrap_used, reason = "the functions here are parts of tests")]

mod oracle;
mod random;

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use gatewright::{AuthorizeError, AuthorizeErrorKind, BoxError};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use oracle::Signing;
use random::Random;
use tower::{ServiceBuilder, ServiceExt, service_fn};

const REQUESTS: u64 = if cfg!(debug_assertions) {
    10_000
} else {
    100_000
};
const REGION: &str = "eu-central-1";

type Sent = Request<Full<Bytes>>;

async fn sign(layer: &SigV4Layer<Credentials>, request: Sent) -> Result<Sent, BoxError> {
    let echo = service_fn(async |sent: Sent| Ok::<_, Infallible>(Response::new(sent)));
    let service = ServiceBuilder::new().layer(layer.clone()).service(echo);
    Ok(service.oneshot(request).await?.into_body())
}

fn signing(credentials: &Credentials, time: SystemTime) -> Signing<'_> {
    Signing {
        credentials,
        region: REGION,
        service: "execute-api",
        time,
    }
}

/// Whether somebody on the way may resolve the path, so that it is no longer the one that was signed.
fn has_relative_segments(path: &str) -> bool {
    let segments = path[1..].split('/').collect::<Vec<_>>();
    let (last, before) = segments.split_last().unwrap();
    before.iter().any(|segment| segment.is_empty())
        || segments.contains(&".")
        || [".", ".."].contains(last)
}

#[tokio::test]
async fn every_signature_is_that_of_aws_sigv4_or_refused_with_a_reason() {
    let mut random = Random::new(20_261_123);
    let seconds = Arc::new(AtomicU64::new(1_700_000_000));
    let time = {
        let seconds = Arc::clone(&seconds);
        move || SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed))
    };
    let token = Some("session/token+==".repeat(50));
    let all = [None, token]
        .map(|token| Credentials::new("AKIDEXAMPLE", "a/secret+", token, None, "test"));
    let signers = all.map(|credentials| {
        let layer = SigV4Layer::new(REGION, credentials.clone()).clock(time.clone());
        (layer.allow_insecure(), credentials)
    });
    let mut refused = 0;
    for index in 0..REQUESTS {
        seconds.fetch_add(random.below(3) * random.below(1000), Ordering::Relaxed);
        let request = random::request(&mut random);
        let shown = format!("request {index}: {} {}", request.method(), request.uri());
        let (layer, credentials) = &signers[usize::from(random.below(2) == 0)];
        match sign(layer, request).await {
            Ok(sent) => {
                assert!(!has_relative_segments(sent.uri().path()), "{shown}");
                let body = sent.body().clone().collect().await.unwrap().to_bytes();
                let expected = oracle::added(&sent, &body, &signing(credentials, time()));
                for (name, value) in &expected {
                    assert_eq!(
                        sent.headers().get(name),
                        Some(value),
                        "{shown}\nsent: {sent:?}"
                    );
                }
            }
            Err(error) => {
                let error = error.downcast::<AuthorizeError>().unwrap();
                assert_eq!(
                    error.kind(),
                    AuthorizeErrorKind::Unsignable,
                    "{shown}: {error}"
                );
                refused += 1;
            }
        }
    }
    println!(
        "{REQUESTS} requests: {refused} refused, {} signed as aws-sigv4 does",
        REQUESTS - refused
    );
    assert!(
        (REQUESTS / 50..REQUESTS / 3).contains(&refused),
        "{refused} of {REQUESTS} were refused"
    );
}
