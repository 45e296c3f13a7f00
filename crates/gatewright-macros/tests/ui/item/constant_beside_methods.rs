use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    const LIMIT: u32 = 3;

    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
