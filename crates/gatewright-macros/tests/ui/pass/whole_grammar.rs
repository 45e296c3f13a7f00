#![deny(missing_docs, unused, warnings)]
//! Everything that a trait may say.

use gatewright::client::{RawResponse, PlainText};
use gatewright::{Body, Error, Multipart, Response, rest_endpoint};
use serde::{Deserialize, Serialize};

/// A pet.
#[derive(Debug, Deserialize, Serialize)]
pub struct Pet {
    name: String,
}

/// What the API says when a pet is refused.
#[derive(Debug, Deserialize)]
pub struct Refusal {
    /// Why.
    pub reason: String,
}

/// Where a list begins.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    token: Option<&'a str>,
}

/// A value for a layer.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub u32);

/// A pet store.
#[rest_endpoint(client = Shop, path = "/{tenant}/v2", api = "shop")]
#[auth(iam)]
#[header("accept", "application/json")]
pub trait PetStore: Send {
    /// Lists pets.
    #[get("/pets")]
    async fn pets(
        &self,
        tenant: &str,
        #[query] limit: Option<u32>,
        #[query("tag")] tags: &[&str],
        #[header("x-trace")] trace: Option<&str>,
        #[extension] deadline: Deadline,
    ) -> gatewright::Result<Vec<Pet>>;

    /// Adds a pet.
    #[post("/pets")]
    #[auth(iam, api_key)]
    #[header("prefer", "return=minimal")]
    async fn add<'a>(&self, tenant: &'a str, #[body] pet: &'a Pet) -> Result<Pet, Error<Refusal>>;

    /// Reads a file of a pet.
    #[get("/pets/{petId}/files/{path+}")]
    #[auth(bearer)]
    async fn file(
        &self,
        tenant: &str,
        #[path("petId")] pet_id: u64,
        #[path] path: &str,
    ) -> gatewright::Result<Response<Body>>;

    /// Searches pets.
    #[post("/pets/search")]
    async fn search(
        &self,
        tenant: &str,
        #[query(flatten)] page: &Page<'_>,
        #[query("fields", comma)] fields: Option<&[&str]>,
        #[query(json)] sort: Option<&Page<'_>>,
        #[body(form)] filter: &Page<'_>,
    ) -> gatewright::Result<Response<Vec<Pet>>>;

    /// Adds photos.
    #[put("/pets/photos")]
    async fn photos(&self, tenant: &str, #[body] photos: Multipart) -> gatewright::Result<RawResponse>;

    /// Sends anything.
    #[any("/pets")]
    async fn any(
        &self,
        tenant: &str,
        #[method] method: http::Method,
        #[body] body: Body,
    ) -> gatewright::Result<PlainText>;

    /// Removes a pet.
    #[delete("/pets/{type}")]
    #[auth(none)]
    async fn remove(&self, tenant: &str, r#type: u64) -> gatewright::Result<()>;

    /// Is not there on this platform.
    #[cfg(target_os = "none")]
    #[get("/nothing")]
    async fn nothing(&self, tenant: &str) -> gatewright::Result<Unknown>;

    /// Counts pets.
    async fn count(&self, tenant: &str) -> gatewright::Result<usize> {
        let pets = self.pets(tenant, None, &[], None, Deadline(1)).await?;
        Ok(pets.len())
    }

    /// How many pets come at once.
    fn page(&self) -> u32 {
        20
    }
}

fn is_send(_: impl Send) {}

/// Uses it.
pub fn send(shop: &Shop) {
    is_send(shop.pets("t", Some(3), &["a"], None, Deadline(3)));
    is_send(shop.count("t"));
    is_send(shop.search("t", &Page { token: None }, None, None, &Page { token: Some("a") }));
    let _ = Shop::API;
}

fn main() {}
