use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[auth(iam, iam)]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
