use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets/{a}{b}")]
    async fn pets(&self, a: u64, b: u64) -> gatewright::Result<()>;
}

fn main() {}
