//! Ours: the client that is generated of `pets.json`, on several stacks.

use std::hint::black_box;

use gatewright::layers::{LimitsLayer, RetryLayer, SigV4Layer, TraceLayer};
use gatewright::{BaseUrl, BoxError, HttpService};
use tower::ServiceBuilder;

use super::Caller;
use crate::sample;

mod pets {
    #![allow(unreachable_pub, dead_code, reason = "it is generated")]
    gatewright::include_client!("pets");
}

#[derive(Clone)]
pub(super) struct Unsigned<S>(pets::Client<S>);

#[derive(Clone)]
pub(super) struct Signed<S>(pets::Client<S>);

/// The innermost layer alone.
pub(super) fn transport(base: &str) -> Result<impl Caller, BoxError> {
    let base: BaseUrl = base.parse()?;
    Ok(Unsigned(pets::Client::new(
        gatewright::transport::https(),
        base,
    )))
}

pub(super) fn unsigned(base: &str) -> Result<impl Caller, BoxError> {
    let base: BaseUrl = base.parse()?;
    let stack = gatewright::stack(&base).build();
    Ok(Unsigned(pets::Client::new(stack, base)))
}

pub(super) fn signed(base: &str) -> Result<impl Caller, BoxError> {
    let base: BaseUrl = base.parse()?;
    let stack = gatewright::stack(&base).iam(signer()).build();
    Ok(Signed(pets::Client::new(stack, base)))
}

/// The layers of the stack without a box between them.
pub(super) fn typed(base: &str) -> Result<impl Caller, BoxError> {
    let service = ServiceBuilder::new()
        .layer(TraceLayer::new())
        .layer(LimitsLayer::new())
        .layer(RetryLayer::new())
        .layer(signer())
        .service(gatewright::transport::https());
    Ok(Signed(pets::Client::new(service, base.parse()?)))
}

fn signer() -> SigV4Layer<aws_credential_types::Credentials> {
    SigV4Layer::new(sample::REGION, sample::credentials())
}

impl<S: HttpService> Caller for Unsigned<S> {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        black_box(self.0.get_pet(id).await?);
        Ok(())
    }
}

impl<S: HttpService> Caller for Signed<S> {
    async fn call(&self, id: &str) -> Result<(), BoxError> {
        black_box(self.0.get_mine(id).await?);
        Ok(())
    }
}
