//! The cache of tokens, against a provider that fails in every way it can. The numbers are those of the cases that
//! libraries of this kind are known to get wrong.

#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]
#![cfg(feature = "bearer")]

mod arrival;
mod cancellation;
mod failure;
mod forget;
mod runtimes;
mod secrets;
mod stampede;
mod support;
