use gatewright::rest_endpoint;

struct Page(u32);

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[header("x-page")] page: Page) -> gatewright::Result<()>;
}

fn main() {}
