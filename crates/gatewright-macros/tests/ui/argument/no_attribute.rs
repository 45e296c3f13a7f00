use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, limit: u32) -> gatewright::Result<Vec<String>>;
}

fn main() {}
