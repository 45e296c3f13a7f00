use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[auth(api_kye)]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
