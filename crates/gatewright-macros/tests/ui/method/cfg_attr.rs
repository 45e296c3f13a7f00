use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[cfg_attr(all(), get("/pets"))]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
