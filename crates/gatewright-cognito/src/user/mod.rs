//! Who is signed in: the tokens of the store, renewed in time and shared by all who ask.
//!
//! Nothing here knows a [`Session`](crate::Session) or AWS credentials: both are built on this.

mod cause;
mod core;
mod state;
mod stored_user;
mod task;
mod token_loader;
mod users;

pub(crate) use self::cause::cause;
pub(crate) use self::core::Core;
pub(crate) use self::state::{State, Tokens, User};
pub(crate) use self::task::detached;
pub(crate) use self::token_loader::{OnUserChanged, ProcessState};
pub(crate) use self::users::Users;
