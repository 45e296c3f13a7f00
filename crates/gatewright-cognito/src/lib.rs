//! Amazon Cognito for gatewright.

mod api;
mod claims;
mod clock;
mod error;
mod hash;
mod identity;
mod pool;
mod random;
mod secret;
mod session;
mod sign_in;
mod sign_out;
mod srp;
mod store;
#[cfg(test)]
mod testing;
mod tokens;
mod view;
mod wire;

pub use error::{Error, ErrorKind};
pub use identity::IdentityCredentials;
pub use pool::{IdentityPool, UserPool};
pub use secret::Secret;
pub use session::{Session, SessionBuilder};
pub use sign_in::{
    Challenge, Code, CodeKind, Custom, Factor, FactorKind, NewPassword, SelectFactor, SelectMfa,
    SetUpTotp, SignIn, Step,
};
pub use sign_out::{SignOut, SignOutReport};
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
pub use store::{FileStore, MemoryStore, TokenStore};
pub use tokens::{AccessToken, IdToken};
pub use view::{SessionIdentity, SessionTokens, SessionView};
