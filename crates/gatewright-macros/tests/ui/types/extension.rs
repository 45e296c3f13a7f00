use gatewright::rest_endpoint;

struct Deadline(u32);

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[extension] deadline: Deadline) -> gatewright::Result<()>;
}

fn main() {}
