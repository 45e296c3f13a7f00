use gatewright::rest_endpoint;

#[rest_endpoint(client = PetStore)]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
