use gatewright::rest_endpoint;

#[rest_endpoint(path = "/v1/")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
