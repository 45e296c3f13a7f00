use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn rest(&self) -> gatewright::Result<()>;
}

fn main() {}
