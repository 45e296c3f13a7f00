//! Bodies that pass through without being held in memory, both ways.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use aws_credential_types::Credentials;
use bytes::Bytes;
use gatewright::layers::SigV4Layer;
use gatewright::layers::sigv4::PayloadHash;
use gatewright::{Auth, BaseUrl, Body, HttpService};
use gatewright_tests::kiosk::Client;
use http::{Request, Response};
use http_body::Frame;
use http_body_util::BodyExt;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// A body whose frames come through a channel, so that a test says when.
struct Frames(Receiver<Bytes>);

impl http_body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0
            .poll_recv(cx)
            .map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

fn base() -> BaseUrl {
    "https://kiosk.example.com/v1".parse().unwrap()
}

/// A server that reads a body frame by frame. It lets the second frame be made when it has the first: a body that
/// anything on the way collected would never arrive.
fn reader(more: Sender<Bytes>) -> impl HttpService {
    tower::service_fn(move |request: Request<Body>| {
        let more = more.clone();
        async move {
            let mut body = request.into_body();
            let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
            more.send(Bytes::from_static(b"second")).await.unwrap();
            drop(more);
            let second = body.frame().await.unwrap().unwrap().into_data().unwrap();
            let length = first.len() + second.len();
            Ok::<_, Infallible>(Response::new(Body::from(format!(
                r#"{{"bytes": {length}}}"#
            ))))
        }
    })
}

async fn upload() -> (Sender<Bytes>, Body) {
    let (sender, receiver) = channel(1);
    sender.send(Bytes::from_static(b"first")).await.unwrap();
    (sender, Body::new(Frames(receiver)))
}

#[tokio::test]
async fn an_upload_is_sent_while_it_is_made() {
    let (sender, body) = upload().await;
    let kiosk = Client::new(reader(sender), base());
    let answer = kiosk.put_scan(&"1".into(), body).await.unwrap();
    assert_eq!(answer.bytes, 11);
}

#[tokio::test]
async fn an_upload_with_a_known_hash_is_signed_without_being_read() {
    let (sender, body) = upload().await;
    let credentials = Credentials::new(
        "AKIDEXAMPLE",
        "a-secret-of-the-streams-test",
        None,
        None,
        "",
    );
    let signing = SigV4Layer::execute_api("eu-west-1", credentials);
    let service = gatewright::stack(&base())
        .iam(signing)
        .build_on(reader(sender));
    let kiosk = Client::new(service, base());
    let call = kiosk.put_scan(&"1".into(), body);
    let call = call
        .auth(Auth::IAM)
        .extension(PayloadHash::of(b"firstsecond"));
    assert_eq!(call.await.unwrap().bytes, 11);
}

#[tokio::test]
async fn a_download_is_read_while_it_arrives() {
    let (sender, receiver) = channel(1);
    sender.send(Bytes::from_static(b"first")).await.unwrap();
    let answer = Arc::new(Mutex::new(Some(Body::new(Frames(receiver)))));
    let server = tower::service_fn(move |_: Request<Body>| {
        let body = answer.lock().unwrap().take().unwrap();
        std::future::ready(Ok::<_, Infallible>(Response::new(body)))
    });
    let kiosk = Client::new(gatewright::stack(&base()).build_on(server), base());
    let mut scan = kiosk.get_scan(&"1".into()).await.unwrap();
    let first = scan.frame().await.unwrap().unwrap().into_data().unwrap();
    sender.send(Bytes::from_static(b"second")).await.unwrap();
    drop(sender);
    let rest = scan.into_bytes(100).await.unwrap();
    assert_eq!((&first[..], &rest[..]), (&b"first"[..], &b"second"[..]));
}
