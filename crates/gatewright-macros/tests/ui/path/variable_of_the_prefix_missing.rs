use gatewright::rest_endpoint;

#[rest_endpoint(path = "/{tenant}")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
