//! Targets of requests: their one canonical form, and parameters in their query.
//!
//! The `http` crate has already dropped a fragment when it parsed the URI.

#[cfg(feature = "sigv4")]
mod canonical;
#[cfg(feature = "sigv4")]
mod path;
mod percent;
mod query;

#[cfg(feature = "sigv4")]
pub(crate) use canonical::canonical;
pub(crate) use query::{has_parameter, set_parameter};
