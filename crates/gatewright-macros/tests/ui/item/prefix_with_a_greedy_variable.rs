use gatewright::rest_endpoint;

#[rest_endpoint(path = "/{rest+}")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
