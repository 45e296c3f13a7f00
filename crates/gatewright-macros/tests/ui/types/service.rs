use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {
    let base = "https://api.example.com/prod".parse().unwrap();
    let _store = PetStoreClient::new(String::new(), base);
}
