use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[header("accept", "a/b")]
    #[header("Accept", "c/d")]
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
