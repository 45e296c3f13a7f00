//! Credentials that expire, are refused, or come late.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use http::header::AUTHORIZATION;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use tower::{Service, ServiceExt, service_fn};
use tower_layer::Layer;

use super::{HTTPS, SECRET, then};
use crate::BoxError;
use crate::layers::sigv4::{PayloadHash, SigV4Layer};
use crate::layers::test_support::TestRequest;

/// Gives `AKID1`, then `AKID2` and so on; or always the same; or fails after the first time.
#[derive(Debug, Default)]
struct Provider {
    asked: Arc<AtomicUsize>,
    then: Then,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Then {
    #[default]
    Other,
    Same,
    Failure,
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let times = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let id = match (self.then, times) {
            (Then::Failure, 2..) => {
                let error = CredentialsError::provider_error("gone");
                return future::ProvideCredentials::ready(Err(error));
            }
            (Then::Same, _) => "AKID".to_owned(),
            _ => format!("AKID{times}"),
        };
        let credentials = Credentials::new(id, SECRET, None, None, "test");
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

/// What was seen of a request: who signed it, and with which body.
type Seen = Arc<Mutex<Vec<String>>>;

/// Refuses what the key ids in `refused` have signed, with this code.
fn gateway<B>(
    code: &'static str,
    refused: &'static [&'static str],
    seen: &Seen,
) -> impl Service<Request<B>, Response = Response<()>, Error = BoxError, Future: Send> + Clone + use<B>
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: std::fmt::Debug,
{
    let seen = Arc::clone(seen);
    service_fn(move |request: Request<B>| {
        let seen = Arc::clone(&seen);
        async move {
            let authorization = request.headers()[AUTHORIZATION]
                .to_str()
                .unwrap()
                .to_owned();
            let id = authorization.split(['=', '/']).nth(1).unwrap().to_owned();
            let body = request.into_body().collect().await.unwrap().to_bytes();
            let is_refused = refused.contains(&id.as_str());
            seen.lock()
                .unwrap()
                .push(format!("{id} {}", String::from_utf8_lossy(&body)));
            let response = Response::builder();
            let response = if is_refused {
                response.status(403).header("x-amzn-errortype", code)
            } else {
                response
            };
            Ok(response.body(()).unwrap())
        }
    })
}

fn layer(then_it: Then) -> (SigV4Layer<Provider>, Arc<AtomicUsize>) {
    let provider = Provider {
        then: then_it,
        ..Provider::default()
    };
    let asked = Arc::clone(&provider.asked);
    (SigV4Layer::new("us-east-1", provider).clock(then), asked)
}

fn post() -> TestRequest {
    Request::post(HTTPS).body(Full::from("body")).unwrap()
}

#[tokio::test]
async fn refused_credentials_are_fetched_anew_and_the_request_is_sent_again() {
    for code in ["ExpiredTokenException", "UnrecognizedClientException"] {
        let (seen, (layer, asked)) = (Seen::default(), layer(Then::Other));
        let service = layer.layer(gateway(code, &["AKID1"], &seen));
        let response = service.clone().oneshot(post()).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(*seen.lock().unwrap(), ["AKID1 body", "AKID2 body"]);
        assert_eq!(service.oneshot(post()).await.unwrap().status(), 200);
        assert_eq!(asked.load(Ordering::SeqCst), 2, "the new ones are kept");
    }
}

#[tokio::test]
async fn a_second_refusal_is_final() {
    let (seen, (layer, asked)) = (Seen::default(), layer(Then::Other));
    let service = layer.layer(gateway("ExpiredTokenException", &["AKID1", "AKID2"], &seen));
    assert_eq!(service.oneshot(post()).await.unwrap().status(), 403);
    assert_eq!(seen.lock().unwrap().len(), 2);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn the_same_credentials_again_and_a_failing_provider_leave_the_response_as_it_is() {
    for then_it in [Then::Same, Then::Failure] {
        let (seen, (layer, asked)) = (Seen::default(), layer(then_it));
        let service = layer.layer(gateway("ExpiredTokenException", &["AKID", "AKID1"], &seen));
        assert_eq!(
            service.oneshot(post()).await.unwrap().status(),
            403,
            "{then_it:?}"
        );
        assert_eq!(seen.lock().unwrap().len(), 1);
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }
}

#[tokio::test]
async fn other_refusals_leave_the_credentials_alone() {
    for code in [
        "AccessDeniedException",
        "ForbiddenException",
        "MissingAuthenticationTokenException",
    ] {
        let (seen, (layer, asked)) = (Seen::default(), layer(Then::Other));
        let service = layer.layer(gateway(code, &["AKID1"], &seen));
        assert_eq!(service.oneshot(post()).await.unwrap().status(), 403);
        assert_eq!(
            (seen.lock().unwrap().len(), asked.load(Ordering::SeqCst)),
            (1, 1)
        );
    }
}

#[tokio::test]
async fn a_body_that_was_not_read_is_not_sent_again_but_the_next_request_has_new_credentials() {
    let (seen, (layer, _)) = (Seen::default(), layer(Then::Other));
    let service = layer.layer(gateway("ExpiredTokenException", &["AKID1"], &seen));
    let request = || {
        let mut request = post();
        request.extensions_mut().insert(PayloadHash::of(b"body"));
        request
    };
    assert_eq!(
        service.clone().oneshot(request()).await.unwrap().status(),
        403
    );
    assert_eq!(service.oneshot(request()).await.unwrap().status(), 200);
    assert_eq!(*seen.lock().unwrap(), ["AKID1 body", "AKID2 body"]);
}

#[tokio::test]
async fn ten_refusals_at_once_fetch_once() {
    let (seen, (layer, asked)) = (Seen::default(), layer(Then::Other));
    let service = layer.layer(gateway("ExpiredTokenException", &["AKID1"], &seen));
    let calls = (0..10).map(|_| tokio::spawn(service.clone().oneshot(post())));
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
