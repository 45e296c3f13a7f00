use gatewright::rest_endpoint;

pub struct Page(pub u32);

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[query] page: Page) -> gatewright::Result<Vec<String>>;
}

fn main() {}
