use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[header("host", "example.com")]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
