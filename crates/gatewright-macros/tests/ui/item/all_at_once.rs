use gatewright::rest_endpoint;

#[rest_endpoint(path = "v1")]
#[auth(oauth)]
trait PetStore {
    const LIMIT: u32;

    #[get("/pets")]
    async fn pets(&mut self, #[query] _limit: u32) -> gatewright::Result<Vec<String>>;

    #[get("/pets/{id}")]
    async fn pet(&self) -> gatewright::Result<String>;
}

fn main() {}
