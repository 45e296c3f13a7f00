//! TCP: the options of each connection.

use std::time::Duration;

use hyper_util::client::legacy::connect::HttpConnector;

/// How many probes without a reply end a connection: as in reqwest.
const PROBES: u32 = 3;

/// The options of the TCP connections of a transport.
#[derive(Clone, Debug)]
pub(super) struct Tcp {
    pub(super) nodelay: bool,
    /// The time without traffic before a probe, and between probes.
    pub(super) keepalive: Option<Duration>,
    /// How long sent data may stay without an acknowledgement.
    pub(super) user_timeout: Option<Duration>,
}

impl Default for Tcp {
    fn default() -> Self {
        Self {
            nodelay: true,
            keepalive: Some(Duration::from_secs(15)),
            user_timeout: Some(Duration::from_secs(30)),
        }
    }
}

impl Tcp {
    /// Makes connections with these options. `limit` is divided over the addresses of a host, so that one without a reply
    /// leaves time for the next.
    pub(super) fn connector(&self, limit: Option<Duration>) -> HttpConnector {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(limit);
        connector.set_nodelay(self.nodelay);
        if let Some(time) = self.keepalive {
            connector.set_keepalive(Some(time));
            connector.set_keepalive_interval(Some(time));
            connector.set_keepalive_retries(Some(PROBES));
        }
        // RFC 5482. Other systems have no such option; there, the kernel's own limit of retransmissions ends a connection.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        connector.set_tcp_user_timeout(self.user_timeout);
        connector
    }
}
