use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[post("/pets")]
    async fn pets(&self, #[query("filter", flatten)] filter: &[&str]) -> gatewright::Result<()>;
}

fn main() {}
