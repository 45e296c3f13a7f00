use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    const fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
