use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets<'a>(&self, #[query] tag: &'a str) -> gatewright::Result<()>
    where
        'a: 'a;
}

fn main() {}
