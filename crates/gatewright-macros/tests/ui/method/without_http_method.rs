use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;

    async fn pet(&self) -> gatewright::Result<String>;
}

fn main() {}
