//! The user who is signed in: loads the tokens of the store, renews them, and shares them between callers.
//!
//! Nothing here knows a [`Session`](crate::Session) or AWS credentials: both are built on this.

mod cause;
mod core;
mod process_state;
mod state;
mod stored_user;
mod task;
mod token_loader;
mod users;

pub(crate) use self::cause::cause;
pub(crate) use self::core::Core;
pub(crate) use self::process_state::{Known, ProcessState};
pub(crate) use self::state::{State, Tokens, User};
pub(crate) use self::task::detached;
pub(crate) use self::token_loader::OnUserChanged;
pub(crate) use self::users::Users;
