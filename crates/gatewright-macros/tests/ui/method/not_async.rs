use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    fn pets(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
