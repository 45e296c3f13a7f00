use gatewright::rest_endpoint;

#[rest_endpoint]
#[get("/pets")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
