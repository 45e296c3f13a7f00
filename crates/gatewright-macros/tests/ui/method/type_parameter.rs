use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets<T: ToString>(&self, #[query] tag: T) -> gatewright::Result<()>;
}

fn main() {}
