use gatewright::rest_endpoint;

struct Filter;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[query(flatten)] filter: &Filter) -> gatewright::Result<()>;
}

fn main() {}
