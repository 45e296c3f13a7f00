use gatewright::rest_endpoint;

#[rest_endpoint(client = "Shop")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
