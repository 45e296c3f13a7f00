//! A trait in a crate that calls gatewright `gw` in its `Cargo.toml`, and whose lints are as strict as they get: none of them
//! has anything to say about what the attribute makes of the trait.

#![deny(missing_docs, unused, warnings, clippy::pedantic, clippy::nursery)]
#![deny(
    missing_copy_implementations,
    missing_debug_implementations,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused_import_braces,
    unused_qualifications
)]

use gw::client::PlainText;
use gw::rest_endpoint as client_of;
use gw::{Body, Error as ApiError, Result as Answer};
use http::Method as Verb;
use serde::{Deserialize, Serialize};

/// A generated client.
pub mod meter {
    gw::include_client!("meter");
}

/// A pet.
#[derive(Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Pet {
    /// What it is called.
    pub name: String,
}

/// Which pets to list.
#[derive(Debug, Serialize)]
pub struct Filter<'a> {
    /// Pets of this kind only.
    pub kind: Option<&'a str>,
}

/// A pet store.
#[client_of(client = Shop, path = "/v1", api = "shop", crate = ::gw)]
#[auth(iam)]
#[cfg(not(target_os = "none"))]
pub trait PetStore: Send + Sync {
    /// Lists pets.
    #[get("/pets")]
    async fn pets(
        &self,
        #[query(flatten)] filter: &Filter<'_>,
        #[query] limit: Option<u32>,
    ) -> Answer<Vec<Pet>>;

    /// Adds a pet.
    #[post("/pets")]
    #[auth(iam, api_key)]
    async fn add(&self, #[body] pet: &Pet) -> Result<Pet, ApiError<Pet>>;

    /// Sends anything.
    #[any("/raw/{rest+}")]
    #[header("content-type", "text/plain")]
    async fn raw(
        &self,
        #[method] method: Verb,
        rest: &str,
        #[body] body: Body,
    ) -> Answer<PlainText>;

    /// Is not there on this platform.
    #[cfg(target_os = "none")]
    #[get("/none")]
    async fn none(&self) -> Answer<Unknown>;

    /// The first pet of the list.
    async fn first(&self) -> Answer<Option<Pet>> {
        let pets = self.pets(&Filter { kind: None }, Some(1)).await?;
        Ok(pets.into_iter().next())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn shop() -> Shop<impl gw::HttpService> {
        let service = tower::service_fn(|request: http::Request<Body>| async move {
            assert_eq!(request.uri().query(), Some("limit=1"));
            Ok::<_, Infallible>(http::Response::new(Body::from(r#"[{"name": "Tom"}]"#)))
        });
        Shop::new(service, "https://api.test".parse().expect("an address"))
    }

    #[tokio::test]
    async fn a_renamed_crate_is_called_like_any_other() -> Answer<()> {
        let pet = shop().first().await?;
        assert_eq!(pet.expect("there is one").name, "Tom");
        Ok(())
    }

    #[test]
    fn the_client_knows_the_name_of_its_api() {
        assert_eq!(Shop::API, "shop");
    }

    #[test]
    fn a_trait_may_be_local() {
        #[gw::rest_endpoint(crate = gw)]
        #[allow(dead_code)]
        trait Local {
            #[get("/")]
            async fn root(&self) -> Answer<()>;
        }
        fn has_client<T: Local>() {}
        has_client::<LocalClient>();
    }
}
