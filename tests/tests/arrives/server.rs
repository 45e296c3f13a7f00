//! The gateway, without a socket.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use gatewright::{Body, BoxError, BoxService, Error, HttpService};
use gatewright_local::{LocalGateway, Received};
use http::Request;

use crate::api::{ApiClient, Sent, document};

/// A client, and what arrives of its calls.
pub(crate) struct Server {
    pub(crate) client: ApiClient<BoxService>,
    last: Arc<Mutex<Option<Received>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let document = document().to_string();
        let document = gatewright_document::Document::from_slice("api.json", document.as_bytes());
        let last = Arc::new(Mutex::new(None));
        let arrived = Arc::clone(&last);
        let gateway = LocalGateway::builder(document.unwrap())
            .on_request(move |received| *lock(&arrived) = Some(received.clone()))
            .build()
            .unwrap();
        let service = tower::service_fn(move |request: Request<Body>| {
            let gateway = gateway.clone();
            async move {
                let (head, body) = request.into_parts();
                let body = body.into_bytes(1 << 24).await?;
                let answer =
                    gateway.handle(Request::from_parts(head, body), SystemTime::UNIX_EPOCH);
                Ok::<_, BoxError>(answer.map(Body::from))
            }
        });
        let base = "https://api.test".parse().unwrap();
        Self {
            client: ApiClient::new(service.boxed(), base),
            last,
        }
    }

    /// What arrived of a call at `operation`; nothing, if it was refused and so never sent.
    #[track_caller]
    pub(crate) fn arrived(&self, sent: Sent, operation: &str) -> Option<Received> {
        let received = lock(&self.last).take();
        match sent {
            Ok(_) => {
                let received = received.expect("it arrived");
                assert_eq!(
                    received.operation.as_deref(),
                    Some(operation),
                    "{}",
                    received.uri
                );
                Some(received)
            }
            Err(Error::Request(_)) => {
                assert!(received.is_none(), "refused after it was sent");
                None
            }
            Err(error) => panic!("{error:?} of {:?}", received.map(|received| received.uri)),
        }
    }
}

fn lock(last: &Mutex<Option<Received>>) -> std::sync::MutexGuard<'_, Option<Received>> {
    last.lock().unwrap_or_else(PoisonError::into_inner)
}
