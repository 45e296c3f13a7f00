use gatewright::rest_endpoint;

#[rest_endpoint(path = "/a", path = "/b")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
