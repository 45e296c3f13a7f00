use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[query] page: Pgae) -> gatewright::Result<()>;
}

fn main() {}
