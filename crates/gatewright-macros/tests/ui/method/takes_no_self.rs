use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets() -> gatewright::Result<()>;
}

fn main() {}
