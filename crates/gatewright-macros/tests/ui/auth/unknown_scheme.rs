use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    #[auth(iam, apikey)]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
