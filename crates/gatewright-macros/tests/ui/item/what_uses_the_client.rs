use gatewright::rest_endpoint;

#[rest_endpoint(api = "pets")]
trait PetStore {
    #[get("pets")]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;

    #[get("/pets/{id}")]
    async fn pet(&self, id: u64) -> gatewright::Result<String>;

    async fn first(&self) -> gatewright::Result<String> {
        self.pet(1).await
    }
}

struct Fake;

impl PetStore for Fake {
    async fn pets(&self) -> gatewright::Result<Vec<String>> {
        Ok(Vec::new())
    }

    async fn pet(&self, id: u64) -> gatewright::Result<String> {
        Ok(id.to_string())
    }
}

struct App {
    store: PetStoreClient,
}

async fn run(app: &App) -> gatewright::Result<String> {
    let _base = app.store.rest().base();
    let _name = PetStoreClient::API;
    app.store.pets().await?;
    Fake.first().await?;
    app.store.first().await
}

fn main() {
    drop(run);
}
