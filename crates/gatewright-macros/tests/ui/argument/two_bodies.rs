use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn add(&self, #[body] name: &str, #[body] kind: &str) -> gatewright::Result<()>;
}

fn main() {}
