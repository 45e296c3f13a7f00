//! The source of random numbers, and the one place that asks the operating system for them.

use std::fmt;
use std::sync::Arc;

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
            getrandom::fill(bytes).map_err(|source| {
                let message = "the system gave no random numbers";
                Error::because(ErrorKind::Other, message, source.to_string())
            })
        }))
    }
}

impl fmt::Debug for Random {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Random")
    }
}
