use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[header("x-a")] a: u8, #[header("X-A")] b: u8) -> gatewright::Result<()>;
}

fn main() {}
