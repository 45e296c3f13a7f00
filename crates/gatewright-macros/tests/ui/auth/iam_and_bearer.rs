use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[auth(iam, bearer)]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
