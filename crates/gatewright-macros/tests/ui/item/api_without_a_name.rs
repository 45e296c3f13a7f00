use gatewright::rest_endpoint;

#[rest_endpoint(api = "")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
