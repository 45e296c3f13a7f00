use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[header("bad name")] a: u8) -> gatewright::Result<()>;
}

fn main() {}
