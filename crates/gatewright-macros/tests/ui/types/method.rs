use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[any("/pets")]
    async fn pets(&self, #[method] method: &str) -> gatewright::Result<()>;
}

fn main() {}
