use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[query] a: u8, #[query("b")] a: u8) -> gatewright::Result<()>;
}

fn main() {}
