use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    #[post("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
