use gatewright::rest_endpoint;

#[rest_endpoint]
#[header("x-shop", "Café")]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
