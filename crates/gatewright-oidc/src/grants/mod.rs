//! The ways to tokens, a module for each: grants, as RFC 6749 calls them.

mod client_credentials;
mod device;
mod refresh;

pub use self::client_credentials::ClientCredentialsGrant;
pub use self::device::DeviceGrant;
pub use self::refresh::RefreshTokenGrant;
