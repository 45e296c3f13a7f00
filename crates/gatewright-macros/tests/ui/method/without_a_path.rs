use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
