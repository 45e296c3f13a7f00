use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[extension("deadline")] deadline: u32) -> gatewright::Result<()>;
}

fn main() {}
