use gatewright::rest_endpoint;

#[derive(Clone)]
struct Deadline;

#[rest_endpoint]
trait PetStore {
    #[get("/pets")]
    async fn pets(&self, #[extension] deadline: &Deadline) -> gatewright::Result<()>;
}

fn main() {}
