use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets/{id")]
    async fn pets(&self, id: u64) -> gatewright::Result<()>;
}

fn main() {}
