//! What operations demand of their callers, against a second reading of the documents, and on the wire.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

#[path = "authorization/documents.rs"]
mod documents;
#[path = "authorization/kinds.rs"]
mod kinds;
#[path = "authorization/product.rs"]
mod product;
#[path = "authorization/wire.rs"]
mod wire;
