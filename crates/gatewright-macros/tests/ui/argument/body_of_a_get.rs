use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[body] filter: &str) -> gatewright::Result<Vec<String>>;
}

fn main() {}
