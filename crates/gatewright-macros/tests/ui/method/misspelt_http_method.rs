use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[gte("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
