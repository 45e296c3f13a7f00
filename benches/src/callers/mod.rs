//! The clients that are compared. All of them make the same call, `GET …/{id}`, and decode the same pet.

mod bare;
mod ours;
mod over_reqwest;
mod progenitor;
mod progenitor_client;

use gatewright::BoxError;
use serde::Deserialize;

use bare::Bare;
use over_reqwest::{Reqwest, SignedReqwest};

/// What the server sends.
pub(crate) const PET: &str = include_str!("../../pet.json");

/// A client. Its clones share connections, as its users' do.
pub(crate) trait Caller: Clone + Send + Sync + 'static {
    /// One call, its response decoded.
    fn call(&self, id: &str) -> impl Future<Output = Result<(), BoxError>> + Send;
}

/// What is done with a client.
pub(crate) trait Work {
    type Output;

    /// `new` makes one client after the other; they share nothing.
    fn with<C: Caller>(
        self,
        new: impl Fn() -> Result<C, BoxError>,
    ) -> impl Future<Output = Result<Self::Output, BoxError>>;
}

/// The response as those decode it who have no generated type.
#[derive(Deserialize)]
#[allow(dead_code, reason = "what is measured is that they are filled in")]
struct Pet {
    id: String,
    name: String,
    kind: String,
    age: i64,
    weight: f64,
    vaccinated: bool,
    tags: Vec<String>,
    notes: Option<String>,
}

/// The clients by name.
pub(crate) mod name {
    pub(crate) const BARE: &str = "hyper-util + serde_json";
    pub(crate) const TRANSPORT: &str = "transport::https()";
    pub(crate) const UNSIGNED: &str = "stack()";
    pub(crate) const SIGNED: &str = "stack().iam()";
    pub(crate) const TYPED: &str = "typed layers, signed";
    pub(crate) const REQWEST: &str = "reqwest .json()";
    pub(crate) const REQWEST_SIGNED: &str = "reqwest + aws-sigv4";
    pub(crate) const PROGENITOR: &str = "progenitor";
}

/// Does `work` with the client of this name at the address `base`, which is without a `/` at its end.
pub(crate) async fn with<W: Work>(name: &str, base: &str, work: W) -> Result<W::Output, BoxError> {
    match name {
        name::BARE => work.with(|| Bare::new(base)).await,
        name::TRANSPORT => work.with(|| ours::transport(base)).await,
        name::UNSIGNED => work.with(|| ours::unsigned(base)).await,
        name::SIGNED => work.with(|| ours::signed(base)).await,
        name::TYPED => work.with(|| ours::typed(base)).await,
        name::REQWEST => work.with(|| Reqwest::new(base)).await,
        name::REQWEST_SIGNED => work.with(|| SignedReqwest::new(base)).await,
        name::PROGENITOR => work.with(|| Ok(progenitor::new(base))).await,
        _ => Err(format!("no client `{name}`").into()),
    }
}
