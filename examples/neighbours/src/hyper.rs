//! A hyper client of your own as the transport.

use gatewright::{BaseUrl, Body, BoxService};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

/// A stack on a client of hyper-util.
pub fn on_hyper(base: &BaseUrl) -> BoxService {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client = Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .build::<_, Body>(connector);
    gatewright::stack(base).build_on(client)
}
