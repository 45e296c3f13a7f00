//! A body that a signer would have to read and cannot make again.

use gatewright::layers::credential::{InMemory, ReadBody};
use http::Request;

struct Theirs;

fn signs<B>(_: Request<B>)
where
    InMemory: ReadBody<B>,
{
}

fn main() {
    signs(Request::new(Theirs));
}
