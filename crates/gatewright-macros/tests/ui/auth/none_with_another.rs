use gatewright::rest_endpoint;

#[rest_endpoint]
#[auth(iam, none)]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
