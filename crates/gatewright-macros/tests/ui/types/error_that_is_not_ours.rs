use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> Result<String, std::io::Error>;
}

fn main() {}
