use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets/{pet_id}")]
    async fn pets(&self, petid: u64) -> gatewright::Result<()>;
}

fn main() {}
