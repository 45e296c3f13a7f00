//! Targets of requests: their one canonical form, and parameters in their query.
//!
//! The `http` crate has already dropped a fragment when it parsed the URI.

#[cfg(feature = "sigv4")]
mod canonical;
#[cfg(any(feature = "bearer", feature = "sigv4"))]
mod escape;
#[cfg(feature = "sigv4")]
mod is_canonical;
#[cfg(feature = "sigv4")]
mod path;
mod percent;
mod query;

#[cfg(feature = "sigv4")]
pub(crate) use canonical::make_canonical;
#[cfg(feature = "sigv4")]
pub(crate) use escape::{escaped, is_unreserved};
pub(crate) use query::has_parameter;
pub(crate) use query::parameter_values;
#[cfg(feature = "bearer")]
pub(crate) use query::set_parameter;
