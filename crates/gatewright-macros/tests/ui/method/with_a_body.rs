use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fn main() {}
