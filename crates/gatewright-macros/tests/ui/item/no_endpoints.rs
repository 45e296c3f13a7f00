use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    async fn helper(&self) {}
}

fn main() {}
