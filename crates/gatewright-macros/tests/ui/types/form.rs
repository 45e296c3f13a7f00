use gatewright::rest_endpoint;

struct NewPet;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn add(&self, #[body(form)] pet: &NewPet) -> gatewright::Result<()>;
}

fn main() {}
