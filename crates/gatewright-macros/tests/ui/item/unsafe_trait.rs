use gatewright::rest_endpoint;

#[rest_endpoint]
unsafe trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
