use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[header("x-api-key")] key: &str) -> gatewright::Result<()>;
}

fn main() {}
