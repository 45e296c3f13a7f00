use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets<'a>(&'a self) -> gatewright::Result<()>;
}

fn main() {}
