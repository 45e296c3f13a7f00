use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&mut self) -> gatewright::Result<()>;
}

fn main() {}
