//! The bytes that are signed are the bytes that arrive.
//!
//! Random requests are signed by the layer and sent over real connections. The server verifies each signature from what it
//! received. Every request either arrives and verifies, with its whole body, or the layer refuses it before anything is sent.
//!
//! `GATEWRIGHT_SEED` sets the seed, a number; a failure prints the one that was used.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod forms;
mod random;
mod requests;
mod server;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use gatewright::layers::SigV4Layer;
use gatewright::{AuthorizeError, Body, BoxError};
use http::{Request, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;
use tower::util::BoxCloneService;
use tower::{Service, ServiceBuilder, ServiceExt};

use self::forms::Form;
use self::random::Random;
use self::requests::{Sample, sample};
use self::server::{Arrival, serve};

/// Forms that the layer still signs although they do not arrive as they are signed, each with a word of why. No request of
/// the test has them. The list is to become empty.
const KNOWN: &[(Form, &str)] = &[];

const REQUESTS: usize = 1_000;
/// A request that takes longer waits for bytes that nobody sends.
const PATIENCE: Duration = Duration::from_secs(2);
const SEED: u64 = 0x6761_7465;
const REGION: &str = "eu-west-1";

/// An access key that the server knows.
#[derive(Clone, Copy)]
struct Key {
    id: &'static str,
    secret: &'static str,
    session_token: Option<&'static str>,
}

const LASTING: Key = Key {
    id: "AKIDLASTING",
    secret: "wire-secret",
    session_token: None,
};
const SESSION: Key = Key {
    id: "ASIASESSION",
    secret: "wire-secret-of-a-session",
    session_token: Some("IQoJb3JpZ2luX2VjEJr//////////wEaCXVz+LWVhc3QtMSJHMEUCIQ=="),
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Http1,
    Http2,
    /// HTTP/1.1 by reqwest, which has a parser of URLs of its own.
    Reqwest,
}

fn is_known(form: Form) -> bool {
    KNOWN.iter().any(|(known, _)| *known == form)
}

/// The time of all signatures.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_000_000)
}

fn seed() -> u64 {
    let given = std::env::var("GATEWRIGHT_SEED").ok();
    given.map_or(SEED, |seed| seed.parse().unwrap())
}

type Signing = BoxCloneService<Request<Body>, Response<()>, BoxError>;

fn client(protocol: Protocol) -> BoxCloneService<Request<Body>, Response<()>, BoxError> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let hyper = Client::builder(TokioExecutor::new())
        .http2_only(protocol == Protocol::Http2)
        .build(connector);
    match protocol {
        Protocol::Reqwest => {
            let builder = reqwest::Client::builder().no_proxy();
            let client = gatewright_reqwest::Reqwest::new(builder).unwrap();
            client.map_response(|it| it.map(drop)).boxed_clone()
        }
        Protocol::Http1 | Protocol::Http2 => hyper
            .map_response(|it| it.map(drop))
            .map_err(Into::into)
            .boxed_clone(),
    }
}

/// The layer, around a client that counts what it is to send.
fn signing(key: Key, protocol: Protocol, sent: &Arc<AtomicUsize>) -> Signing {
    let token = key.session_token.map(str::to_owned);
    let credentials = Credentials::new(key.id, key.secret, token, None, "test");
    let sent = Arc::clone(sent);
    let counted = client(protocol).map_request(move |request: Request<Body>| {
        sent.fetch_add(1, Ordering::SeqCst);
        request
    });
    ServiceBuilder::new()
        .layer(SigV4Layer::new(REGION, credentials).clock(now))
        .service(counted)
        .boxed_clone()
}

/// Everything that takes part in a round.
struct Round {
    lasting: Signing,
    session: Signing,
    sent: Arc<AtomicUsize>,
    arrivals: UnboundedReceiver<Arrival>,
    tally: Tally,
}

/// What became of the requests.
#[derive(Default)]
struct Tally {
    arrived: usize,
    refused: usize,
    /// By form: how many arrived, how many were refused.
    forms: BTreeMap<Form, [usize; 2]>,
    /// By the forms of a request: the first fault.
    faults: BTreeMap<Vec<Form>, String>,
}

impl Round {
    /// Sends a request. Gives whether it arrived, or else was refused.
    async fn send(&mut self, sample: Sample) -> Result<bool, String> {
        let service = if sample.has_session_token {
            &mut self.session
        } else {
            &mut self.lasting
        };
        let before = self.sent.load(Ordering::SeqCst);
        let response = service.ready().await.unwrap().call(sample.request);
        let response = timeout(PATIENCE, response)
            .await
            .map_err(|_| "no end".to_owned())?;
        let sent = self.sent.load(Ordering::SeqCst) - before;
        let arrivals: Vec<_> = std::iter::from_fn(|| self.arrivals.try_recv().ok()).collect();
        match (response, arrivals.as_slice()) {
            (Ok(_), [arrival]) => arrived(arrival, &sample.body),
            (Err(error), []) if sent == 0 && error.is::<AuthorizeError>() => Ok(false),
            (response, arrivals) => Err(format!(
                "{response:?}, {sent} sent, {} arrived: {:?}",
                arrivals.len(),
                arrivals.first().map(|arrival| &arrival.fault),
            )),
        }
    }
}

fn arrived(arrival: &Arrival, body: &[u8]) -> Result<bool, String> {
    match &arrival.fault {
        Some(fault) => Err(fault.clone()),
        None if arrival.body != body => Err(format!(
            "{} bytes arrived of a body of {}",
            arrival.body.len(),
            body.len()
        )),
        None => Ok(true),
    }
}

impl Tally {
    fn count(&mut self, forms: &[Form], outcome: &Result<bool, String>, shown: &str) {
        match outcome {
            Ok(true) => self.arrived += 1,
            Ok(false) => self.refused += 1,
            Err(fault) => {
                let told = || format!("{shown}: {fault}");
                self.faults.entry(forms.to_vec()).or_insert_with(told);
            }
        }
        for form in forms {
            let [arrived, refused] = self.forms.entry(*form).or_default();
            *arrived += usize::from(*outcome == Ok(true));
            *refused += usize::from(*outcome == Ok(false));
        }
    }

    fn check(&self, protocol: Protocol, seed: u64) {
        let Self {
            arrived, refused, ..
        } = self;
        let told = format!(
            "{protocol:?}, GATEWRIGHT_SEED={seed}: {arrived} arrived, {refused} refused, {:?}",
            self.forms
        );
        let faults: Vec<_> = self.faults.iter().take(20).collect();
        assert!(
            faults.is_empty(),
            "{told}, {} faults, such as {faults:#?}",
            self.faults.len()
        );
        assert!(*arrived >= REQUESTS * 6 / 10, "{told}");
        assert!(*refused > 0, "{told}");
        let all = forms::CHOSEN.into_iter().filter(|form| !is_known(*form));
        for form in all {
            assert!(self.forms.contains_key(&form), "{told}: no {form:?}");
        }
    }
}

async fn run(protocol: Protocol) {
    let seed = seed();
    let (address, arrivals) = serve().await;
    let sent = Arc::default();
    let mut round = Round {
        lasting: signing(LASTING, protocol, &sent),
        session: signing(SESSION, protocol, &sent),
        sent,
        arrivals,
        tally: Tally::default(),
    };
    let mut random = Random::new(seed);
    for _ in 0..REQUESTS {
        let sample = sample(&mut random, &address.to_string(), protocol);
        let forms = sample.forms.clone();
        let shown = format!(
            "{} {} {:?}",
            sample.request.method(),
            sample.request.uri(),
            sample.request.headers()
        );
        let outcome = round.send(sample).await;
        round.tally.count(&forms, &outcome, &shown);
    }
    round.tally.check(protocol, seed);
}

#[tokio::test]
async fn what_is_signed_arrives_over_http_1() {
    run(Protocol::Http1).await;
}

#[tokio::test]
async fn what_is_signed_arrives_over_http_2() {
    run(Protocol::Http2).await;
}

#[tokio::test]
async fn what_is_signed_arrives_over_reqwest() {
    run(Protocol::Reqwest).await;
}
