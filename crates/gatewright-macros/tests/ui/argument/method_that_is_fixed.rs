use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[method] method: http::Method) -> gatewright::Result<()>;
}

fn main() {}
