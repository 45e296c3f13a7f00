use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    type Pet;

    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
