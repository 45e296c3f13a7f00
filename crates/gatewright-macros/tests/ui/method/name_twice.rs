use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;

    #[get("/all")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
