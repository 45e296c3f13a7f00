//! One thing that is measured: one of two bodies, one way, by one codec.

use gatewright::__private as rt;
use gatewright::BoxError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::types::{DerivedItem, DerivedPage, Item, Page, item, page};

/// Whether it succeeded.
pub(super) type Work = Box<dyn Fn() -> bool>;

/// Who decodes and encodes.
pub(super) mod by {
    /// serde's derive, with `serde_json`.
    pub(crate) const DERIVE: &str = "derive";
    /// A call of a generated client.
    pub(crate) const CLIENT: &str = "client";
    /// The user of a generated type, with `serde_json`.
    pub(crate) const USER: &str = "user";
}

/// A body of 1 MB, or of 300 bytes.
pub(super) fn work(size: &str, way: &str, by: &str) -> Result<Work, BoxError> {
    match size {
        "1MB" => of::<Page, DerivedPage>(way, by, serde_json::to_vec(&page(5_300))?),
        _ => of::<Item, DerivedItem>(way, by, serde_json::to_vec(&item(1_000_002))?),
    }
}

fn of<G, D>(way: &str, by: &str, json: Vec<u8>) -> Result<Work, BoxError>
where
    G: rt::FromJson + rt::ToJson + DeserializeOwned + Serialize + 'static,
    D: DeserializeOwned + Serialize + 'static,
{
    match way {
        "decode" => Ok(decode::<G, D>(by, json)),
        _ => encode::<G, D>(by, &json),
    }
}

fn decode<G, D>(by: &str, json: Vec<u8>) -> Work
where
    G: rt::FromJson + DeserializeOwned,
    D: DeserializeOwned,
{
    match by {
        by::DERIVE => Box::new(move || serde_json::from_slice::<D>(&json).is_ok()),
        // The body of an error: the same for a call as that of a success.
        by::CLIENT => Box::new(move || rt::decode_error::<G>(&json).is_some()),
        _ => Box::new(move || serde_json::from_slice::<G>(&json).is_ok()),
    }
}

fn encode<G, D>(by: &str, json: &[u8]) -> Result<Work, BoxError>
where
    G: rt::ToJson + DeserializeOwned + Serialize + 'static,
    D: DeserializeOwned + Serialize + 'static,
{
    let derived: D = serde_json::from_slice(json)?;
    let generated: G = serde_json::from_slice(json)?;
    Ok(match by {
        by::DERIVE => Box::new(move || serde_json::to_vec(&derived).is_ok()),
        by::CLIENT => client(generated)?,
        _ => Box::new(move || serde_json::to_vec(&generated).is_ok()),
    })
}

/// The body with the request around it.
fn client<G: rt::ToJson + 'static>(generated: G) -> Result<Work, BoxError> {
    let base: rt::BaseUrl = "https://api.example.com".parse()?;
    let rest = rt::RestClient::new((), base);
    Ok(Box::new(move || {
        let request = rest.post("send", "/", rt::Auth::NONE).json(&generated);
        request.into_request().is_ok()
    }))
}
