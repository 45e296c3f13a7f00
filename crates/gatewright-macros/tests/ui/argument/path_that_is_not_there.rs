use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[path("owner")] who: &str) -> gatewright::Result<()>;
}

fn main() {}
