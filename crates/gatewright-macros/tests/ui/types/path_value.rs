use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets/{id}")]
    async fn pet(&self, id: Option<u64>) -> gatewright::Result<String>;
}

fn main() {}
