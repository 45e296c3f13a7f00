use gatewright::rest_endpoint;

#[rest_endpoint]
#[header("accept")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
