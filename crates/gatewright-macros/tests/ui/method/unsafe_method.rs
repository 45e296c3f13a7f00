use gatewright::rest_endpoint;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async unsafe fn pets(&self) -> gatewright::Result<()>;
}

fn main() {}
