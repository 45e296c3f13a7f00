//! What the end-to-end tests share. `cargo xtask integration` starts the peers that they call, and says where they are.

pub mod app;
pub mod clock;
pub mod count;
pub mod peers;
pub mod totp;
