use gatewright::rest_endpoint;

pub struct NewPet;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn add(&self, #[body] pet: &NewPet) -> gatewright::Result<()>;
}

fn main() {}
