use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[head("/pets/{pet_id}")]
    async fn pet(&self, pet_id: u64) -> gatewright::Result<String>;
}

fn main() {}
