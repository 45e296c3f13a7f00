use gatewright::rest_endpoint;

#[rest_endpoint]
#[auth()]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
