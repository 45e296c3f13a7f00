//! The source of random numbers.

use std::fmt;
use std::sync::Arc;

use gatewright_core::rt::fill_random;

use crate::{Error, ErrorKind};

/// A source of random bytes that is fit for cryptography: SRP's secret exponent comes from it. Clones share it.
#[derive(Clone)]
pub(crate) struct Random(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) -> Result<(), Error> + Send + Sync;

impl Random {
    pub(crate) fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(move |bytes| {
            fill(bytes);
            Ok(())
        }))
    }

    pub(crate) fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        (self.0)(bytes)
    }
}

impl Default for Random {
    /// The source of the operating system.
    fn default() -> Self {
        Self(Arc::new(|bytes| {
            fill_random(bytes).map_err(|source| {
                let message = "there are no random numbers for a sign-in";
                Error::because(ErrorKind::Other, message, source)
            })
        }))
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}
