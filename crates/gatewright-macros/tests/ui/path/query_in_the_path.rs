use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets?limit=3")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
