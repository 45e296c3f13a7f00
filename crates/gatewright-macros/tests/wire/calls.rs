//! What a caller may change of one call of a trait's client, and the trait as a `dyn`.

#![allow(
    clippy::needless_lifetimes,
    clippy::wrong_self_convention,
    reason = "a trait may have such methods, and they are what is tested"
)]

use std::borrow::Cow;
use std::time::Duration;

use gatewright::client::PlainText;
use gatewright::{Auth, BoxError, HttpService, rest_endpoint};

use crate::{BASE, echo};

/// Something that is not `Copy` and borrows.
struct Filter<'a>(Cow<'a, str>);

impl gatewright::client::ParamValues for &Filter<'_> {
    fn write_each(&self, with: &mut dyn FnMut(&str)) {
        with(&self.0);
    }
}

#[rest_endpoint(dyn = DynPets)]
#[auth(iam)]
trait Pets {
    /// A pet.
    #[get("/pets/{id}")]
    async fn pet(&self, id: u64, #[query] filter: &Filter<'_>) -> gatewright::Result<PlainText>;

    #[get("/names/{name}")]
    async fn named<'n>(
        &self,
        name: &'n str,
        #[header("x-tags")] tags: &[&str],
    ) -> gatewright::Result<PlainText>;

    #[get("/new")]
    async fn new(&self) -> gatewright::Result<PlainText>;

    #[get("/kinds/{type}")]
    async fn r#match(&self, r#type: &str) -> gatewright::Result<PlainText>;

    #[cfg(any())]
    #[get("/gone/{of}")]
    async fn gone(&self, of: Missing<'_>) -> gatewright::Result<PlainText>;

    async fn twice(&self, id: u64) -> gatewright::Result<String> {
        let filter = Filter("all".into());
        let (one, other) = (self.pet(id, &filter).await?, self.pet(id, &filter).await?);
        Ok(format!("{}{}", &*one, &*other))
    }
}

fn client() -> PetsClient<impl HttpService> {
    PetsClient::new(echo(), BASE.parse().unwrap())
}

#[tokio::test]
async fn a_call_of_a_trait_s_client_takes_headers_a_time_limit_and_another_authorization()
-> Result<(), BoxError> {
    let (client, filter) = (client(), Filter("old".into()));
    let call = client.pet(7, &filter).header("x-trace", "1");
    let text = call
        .auth(Auth::NONE)
        .timeout(Duration::from_secs(5))
        .await?;
    assert!(
        text.starts_with("GET https://api.test/prod/pets/7?filter=old\n"),
        "{}",
        &*text
    );
    assert!(text.contains("x-trace: 1\n"), "{}", &*text);
    // Code that is generic over the trait has the same calls.
    assert_eq!(client.twice(7).await?.matches("filter=all").count(), 2);
    assert!(Pets::new(&client).await?.contains("/new"));
    Ok(())
}

struct Double;

impl Pets for Double {
    async fn pet(&self, _: u64, _: &Filter<'_>) -> gatewright::Result<PlainText> {
        self.new().await
    }
    async fn named<'n>(&self, _: &'n str, _: &[&str]) -> gatewright::Result<PlainText> {
        self.new().await
    }
    async fn new(&self) -> gatewright::Result<PlainText> {
        Pets::new(&client()).await
    }
    async fn r#match(&self, _: &str) -> gatewright::Result<PlainText> {
        self.new().await
    }
}

/// A struct without a type parameter.
#[derive(Clone)]
struct App {
    pets: DynPets,
}

#[tokio::test]
async fn a_struct_holds_any_implementation_of_a_trait() -> Result<(), BoxError> {
    let app = App {
        pets: DynPets::new(client()),
    };
    let name = "Rex".to_owned();
    let text = app.clone().pets.named(&name, &["a", "b"]).await?;
    assert!(
        text.contains("/names/Rex\n") && text.contains("x-tags: b\n"),
        "{}",
        &*text
    );
    assert!(app.pets.r#match("cat").await?.contains("/kinds/cat"));
    let app = App {
        pets: DynPets::new(Double),
    };
    assert!(app.pets.pet(1, &Filter("".into())).await?.contains("/new"));
    assert_eq!(app.pets.twice(7).await?.matches("/new").count(), 2);
    assert_eq!(format!("{:?}", app.pets), "DynPets { .. }");
    Ok(())
}

/// A generic function names the trait and nothing else, and its future can be spawned.
async fn spawned(pets: &impl Pets) -> gatewright::Result<String> {
    Ok(pets.named("Tom", &[]).await?.to_string())
}

#[tokio::test]
async fn the_future_of_a_generic_function_can_be_spawned() -> Result<(), BoxError> {
    fn start<P: Pets + 'static>(pets: P) -> tokio::task::JoinHandle<gatewright::Result<String>> {
        tokio::spawn(async move { spawned(&pets).await })
    }
    assert!(start(client()).await??.contains("/names/Tom"));
    assert!(start(DynPets::new(Double)).await??.contains("/new"));
    Ok(())
}
