use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/{type}")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
