use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets/{id}")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
