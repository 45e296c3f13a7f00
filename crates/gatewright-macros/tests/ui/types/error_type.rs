use gatewright::rest_endpoint;

struct Refusal;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> Result<String, gatewright::Error<Refusal>>;
}

fn main() {}
