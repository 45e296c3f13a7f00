//! What is set once, for all requests of a signer.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use crate::rt::Clock;

/// VPC Lattice does not read bodies, and takes no hash of them ("SigV4 authenticated requests", VPC Lattice user guide).
pub(super) const VPC_LATTICE: &str = "vpc-lattice-svcs";

/// The settings for all requests of a signer.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) scope: Scope,
    /// The `host` that is sent and signed in place of the URI's.
    pub(super) host: Option<HeaderValue>,
    /// Beside the headers that are never signed.
    pub(super) unsigned: Vec<HeaderName>,
    pub(super) corrects_clock: bool,
    pub(super) clock: Clock,
}

/// What a signature is valid for, besides its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) region: Arc<str>,
    pub(super) service: Arc<str>,
}

impl Settings {
    pub(super) fn new(region: Arc<str>, service: &str) -> Self {
        Self {
            scope: Scope {
                region,
                service: service.into(),
            },
            host: None,
            unsigned: Vec::new(),
            corrects_clock: true,
            clock: Clock::default(),
        }
    }

    /// Whether the service takes a signature that does not cover the body.
    pub(super) fn is_payload_unsigned(&self) -> bool {
        *self.scope.service == *VPC_LATTICE
    }
}
