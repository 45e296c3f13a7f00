//! What a signer is told once, for all its requests.

use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use crate::clock::Clock;
use crate::layers::OnConflict;
use crate::layers::guard::Guard;

/// API Gateway takes no longer bodies ("Quotas for REST APIs", API Gateway developer guide).
const DEFAULT_BODY_LIMIT: usize = 10 * 1024 * 1024;

/// VPC Lattice does not read bodies, and takes no hash of them ("SigV4 authenticated requests", VPC Lattice user guide).
pub(super) const VPC_LATTICE: &str = "vpc-lattice-svcs";

#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) scope: Scope,
    /// The `host` that is sent and signed in place of the URI's.
    pub(super) host: Option<HeaderValue>,
    /// Beside the headers that are never signed.
    pub(super) unsigned: Vec<HeaderName>,
    pub(super) body_limit: usize,
    pub(super) on_conflict: OnConflict,
    pub(super) corrects_clock: bool,
    pub(super) guard: Guard,
    pub(super) clock: Clock,
}

/// What a signature is valid for, beside its day.
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
            body_limit: DEFAULT_BODY_LIMIT,
            on_conflict: OnConflict::default(),
            corrects_clock: true,
            guard: Guard::default(),
            clock: Clock::default(),
        }
    }

    /// Whether the service takes a signature that does not cover the body.
    pub(super) fn is_payload_unsigned(&self) -> bool {
        *self.scope.service == *VPC_LATTICE
    }
}
