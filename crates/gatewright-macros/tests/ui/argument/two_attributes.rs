use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[query] #[header("x-limit")] limit: u32) -> gatewright::Result<()>;
}

fn main() {}
