//! The part of gatewright that hardly ever changes: what a client, its layers and the providers of credentials agree on.
//!
//! A crate that gives tokens to gatewright's layers depends on this crate alone. The crate `gatewright` exports all of it
//! again.
//!
//! | | |
//! | --- | --- |
//! | [`Operation`], [`Auth`], [`Scheme`] | what a request asks for |
//! | [`Token`], [`ProvideToken`], [`CachedToken`] | tokens, and where they come from |
//! | [`Origin`] | where credentials may go |
//! | [`epoch`] | whose credentials these are: no request is repeated as another user |
//! | [`cache`] | values that expire, loaded once for all callers |
//! | [`AuthorizeError`] | why a request was not sent |
//! | [`rt`] | time, waits, tasks and randomness: the only module that knows the runtime |
//!
//! # Features
//!
//! | feature | what |
//! | --- | --- |
//! | `cache` | [`cache`], [`CachedToken`] |
//! | `http` (default) | all that knows requests: everything but [`Secret`] and [`rt`] |
//! | `rt` | [`rt`] |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "http")]
mod authorize_error;
#[cfg(feature = "cache")]
pub mod cache;
#[cfg(feature = "cache")]
mod cached_token;
#[cfg(feature = "http")]
mod causes;
#[cfg(feature = "http")]
pub mod epoch;
#[cfg(feature = "http")]
#[doc(hidden)]
pub mod kit;
#[cfg(feature = "http")]
pub mod operation;
#[cfg(feature = "http")]
pub mod origin;
#[cfg(feature = "rt")]
pub mod rt;
mod secret;
#[cfg(feature = "http")]
pub mod token;

#[cfg(feature = "http")]
pub use authorize_error::{AuthorizeError, AuthorizeErrorKind};
#[cfg(feature = "cache")]
pub use cache::RefreshPolicy;
#[cfg(feature = "cache")]
pub use cached_token::CachedToken;
#[cfg(feature = "http")]
pub use operation::{Auth, AuthOverride, Operation, Place, Scheme};
#[cfg(feature = "http")]
pub use origin::{InvalidOrigin, Origin};
pub use secret::Secret;
#[cfg(feature = "http")]
pub use token::{ProvideToken, Token};

/// The error type of services whose errors nobody names, as in tower.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
