use gatewright::rest_endpoint;

#[rest_endpoint(dyn = Pets)]
trait Pets {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

#[rest_endpoint(dyn)]
trait Dogs {
    #[get("/dogs")]
    async fn dogs(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
