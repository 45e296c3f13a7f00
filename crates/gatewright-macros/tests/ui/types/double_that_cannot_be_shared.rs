use std::cell::Cell;

use gatewright::rest_endpoint;

#[rest_endpoint]
trait Pets {
    #[get("/pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;
}

struct Double(Cell<u32>);

impl Pets for Double {
    async fn pets(&self) -> gatewright::Result<Vec<String>> {
        Ok(Vec::new())
    }
}

fn main() {}
