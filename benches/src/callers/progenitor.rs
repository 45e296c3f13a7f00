//! The client in `progenitor_client.rs`, which progenitor 0.15.1 generated of `pets.json` (`Generator::default()`, formatted
//! with prettyplease). It is checked in, because its generator costs more to compile than everything else here.

use std::hint::black_box;

use gatewright::BoxError;

use super::progenitor_client::Client;
use super::{Caller, over_reqwest};

pub(super) fn new(base: &str) -> Client {
    over_reqwest::install_provider();
    Client::new(base)
}

impl Caller for Client {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        black_box(self.get_pet(id).await?.into_inner());
        Ok(())
    }
}
