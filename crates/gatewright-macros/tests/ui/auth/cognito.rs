use gatewright::rest_endpoint;

#[rest_endpoint]
trait Pets {
    #[get("/pets")]
    #[auth(cognito)]
    async fn pets(&self) -> gatewright::Result<Vec<String>>;

    #[get("/dogs")]
    #[auth(AWS_LAMBDA, api_key)]
    async fn dogs(&self) -> gatewright::Result<Vec<String>>;

    #[get("/cats")]
    #[auth(sigv4)]
    async fn cats(&self) -> gatewright::Result<Vec<String>>;
}

fn main() {}
