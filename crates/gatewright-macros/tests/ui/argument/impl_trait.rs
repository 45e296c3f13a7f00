use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[query] limit: impl ToString) -> gatewright::Result<()>;
}

fn main() {}
