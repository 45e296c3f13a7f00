//! Credentials that end.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};

use crate::world::World;

/// Whose clock says when the credentials end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ends {
    /// That of the service which issues them, as with STS and the instance metadata.
    ByTheTruth,
    /// That of the machine, as where a lifetime is told.
    ByTheMachine,
}

/// Issues credentials as a service of AWS does. Clones are the same provider.
#[derive(Clone)]
pub(crate) struct Provider {
    world: Arc<World>,
    ends: Ends,
    life: Duration,
    /// When the credentials end in truth, in the order in which they were issued.
    issued: Arc<Mutex<Vec<SystemTime>>>,
    is_down: Arc<AtomicBool>,
}

impl Provider {
    pub(crate) fn new(world: &Arc<World>, ends: Ends, life: u64) -> Self {
        Self {
            world: Arc::clone(world),
            ends,
            life: Duration::from_secs(life),
            issued: Arc::default(),
            is_down: Arc::default(),
        }
    }

    /// From now on it fails.
    pub(crate) fn go_down(&self) {
        self.is_down.store(true, Ordering::SeqCst);
    }

    pub(crate) fn calls(&self) -> usize {
        self.issued.lock().unwrap().len()
    }

    /// Whether the credentials of this `authorization` have ended in truth.
    pub(crate) fn has_ended(&self, authorization: &str) -> bool {
        let (_, rest) = authorization.split_once("Credential=AKID").unwrap();
        let (number, _) = rest.split_once('/').unwrap();
        let end = self.issued.lock().unwrap()[number.parse::<usize>().unwrap()];
        end <= self.world.truth()
    }

    fn issue(&self) -> Credentials {
        let mut issued = self.issued.lock().unwrap();
        let id = format!("AKID{}", issued.len());
        let truth = self.world.truth() + self.life;
        issued.push(truth);
        let end = match self.ends {
            Ends::ByTheTruth => truth,
            Ends::ByTheMachine => self.world.machine() + self.life,
        };
        Credentials::new(id, "secret", Some("token".to_owned()), Some(end), "test")
    }
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Provider")
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(if self.is_down.load(Ordering::SeqCst) {
            Err(CredentialsError::provider_error("it is down"))
        } else {
            Ok(self.issue())
        })
    }
}
