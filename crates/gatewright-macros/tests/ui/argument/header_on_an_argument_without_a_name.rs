use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[header] trace: &str) -> gatewright::Result<()>;
}

fn main() {}
