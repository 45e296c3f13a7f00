use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[any("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
