use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/{path+}/size")]
    async fn pets(&self, path: &str) -> gatewright::Result<()>;
}

fn main() {}
