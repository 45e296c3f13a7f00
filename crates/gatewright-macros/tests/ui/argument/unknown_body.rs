use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[body(from)] pet: &str) -> gatewright::Result<()>;
}

fn main() {}
