use gatewright::rest_endpoint;

pub struct Pet;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Pet>;
}

fn main() {}
