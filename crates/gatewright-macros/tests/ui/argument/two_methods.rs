use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[any("/pets")]
    async fn pets(&self, #[method] a: http::Method, #[method] b: http::Method) -> gatewright::Result<()>;
}

fn main() {}
