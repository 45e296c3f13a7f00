//! A mock writes `async fn`; its futures are `Send` for whoever only knows the trait.
#![deny(warnings)]

use gatewright::rest_endpoint;

#[rest_endpoint]
pub trait PetStore {
    #[get("/pets/{id}")]
    async fn pet(&self, id: u64) -> gatewright::Result<String>;

    async fn pair(&self) -> gatewright::Result<(String, String)> {
        Ok((self.pet(1).await?, self.pet(2).await?))
    }
}

struct Fake;

impl PetStore for Fake {
    async fn pet(&self, id: u64) -> gatewright::Result<String> {
        Ok(format!("pet {id}"))
    }
}

fn is_send<T: Send>(future: T) -> T {
    future
}

fn use_it(store: &(impl PetStore + Sync)) {
    drop(is_send(store.pair()));
    drop(is_send(store.pet(3)));
}

fn main() {
    use_it(&Fake);
}
