use gatewright::rest_endpoint;

struct Pet;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<gatewright::Response<Vec<Pet>>>;
}

fn main() {}
