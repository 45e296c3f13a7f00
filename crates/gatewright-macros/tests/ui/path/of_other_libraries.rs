use gatewright::rest_endpoint;

#[rest_endpoint]
trait Pets {
    #[get("/pets/:id")]
    async fn pet(&self, id: u64) -> gatewright::Result<String>;

    #[get("/pets/<pet_id>/<rest..>")]
    async fn of_rocket(&self, pet_id: u64, rest: &str) -> gatewright::Result<String>;

    #[get("/pets/<int:id>/*rest")]
    async fn of_flask(&self, id: u64, rest: &str) -> gatewright::Result<String>;

    // A colon may be meant, as in Google's custom methods.
    #[get("/pets/:batch")]
    async fn batch(&self) -> gatewright::Result<String>;
}

fn main() {}
