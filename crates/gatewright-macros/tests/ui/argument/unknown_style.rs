use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[query(coma)] tags: &[&str]) -> gatewright::Result<()>;
}

fn main() {}
