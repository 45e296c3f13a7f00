//! A session: the user, the tokens, and the AWS credentials.

mod builder;
mod handle;

pub use self::builder::SessionBuilder;
pub use self::handle::Session;
pub(crate) use self::handle::Shared;
