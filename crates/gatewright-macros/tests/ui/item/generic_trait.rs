use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore<T> {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
