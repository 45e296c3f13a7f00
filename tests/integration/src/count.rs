//! What really goes to a peer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use gatewright::{Body, BoxService, HttpService};
use http::Request;
use tower::util::MapRequest;

/// Counts requests by what they are for; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<Mutex<BTreeMap<String, usize>>>);

impl Counter {
    /// The default transport, whose requests are counted.
    pub fn transport(&self) -> BoxService {
        let counter = self.clone();
        let count = move |request| {
            counter.count(&request);
            request
        };
        MapRequest::new(gatewright::transport::https(), count).boxed()
    }

    /// How many requests there were for a Cognito operation such as `GetId`, or for a path's last segment.
    ///
    /// # Panics
    ///
    /// When a thread panicked that counted.
    pub fn of(&self, name: &str) -> usize {
        let counts = self.0.lock().expect("nobody panics while counting");
        counts.get(name).copied().unwrap_or_default()
    }

    fn count(&self, request: &Request<Body>) {
        let mut counts = self.0.lock().expect("nobody panics while counting");
        *counts.entry(name(request)).or_default() += 1;
    }
}

fn name(request: &Request<Body>) -> String {
    let target = request.headers().get("x-amz-target");
    let target = target.and_then(|target| target.to_str().ok());
    let name = target.map_or_else(
        || request.uri().path().rsplit('/').next(),
        |it| it.rsplit('.').next(),
    );
    name.unwrap_or_default().to_owned()
}
