use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[auth(iam)]
    #[auth(api_key)]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
