//! The main job: an export and a configuration became a typed client in `build.rs`; here it calls an API that asks for
//! an API key, for an AWS signature, for both, and for a customer's token.
//!
//! A local gateway stands in for the deployed API and enforces the rules of the same export.

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{BoxError, Error, Token};
use gatewright_local::{LocalGateway, Received, TokenClaims};

mod bookshop {
    gatewright::include_client!("bookshop");
}

const KEY: &str = "an-api-key-of-the-quickstart";
const EXPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bookshop.json");

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let gateway = LocalGateway::from_path(EXPORT)?
        .credentials("AKIDEXAMPLE", "an-example-secret", None)
        .api_key(KEY)
        .start()
        .await?;
    let token = gateway.mint_token(TokenClaims::new().subject("alice"));

    // Against the deployed API only this line changes: `bookshop::ENDPOINT.parse()?`.
    let shop = client(gateway.url(), KEY, token.clone())?;
    let genre = bookshop::GetBooksParams {
        genre: Some("poetry".to_owned()),
        page: None,
    };
    let books = shop.get_books(genre.clone()).await?;
    let title = "Gitanjali".to_owned();
    let added = shop
        .add_book(&bookshop::types::NewBook {
            title,
            genre: None,
            price: Some(9.5),
        })
        .await?;
    shop.get_books_by_book_id("978/0 14").await?;
    let orders = shop.get_me_orders().await?;

    print_table(&gateway.requests());
    println!("\nGET /books decoded: {books:?}");
    println!("POST /books decoded: {added:?}");
    println!(
        "GET /me/orders, which the export does not describe: {}",
        orders.text()
    );

    let stranger = client(gateway.url(), "not-the-right-key", token)?;
    match stranger.get_books(genre).await {
        Err(Error::Gateway(error)) => println!("\nA wrong key is {:?}:\n  {error}", error.kind()),
        other => return Err(format!("a wrong key was not refused: {other:?}").into()),
    }
    Ok(())
}

/// `Credentials` has a field for everything that an operation of the export asks for: leaving one out does not compile.
fn client(url: &str, key: &str, token: String) -> Result<bookshop::Client, BoxError> {
    let aws = Credentials::new("AKIDEXAMPLE", "an-example-secret", None, None, "quickstart");
    let credentials = bookshop::Credentials {
        iam: SigV4Layer::new("eu-west-1", aws),
        api_key: ApiKeyLayer::new(key)?,
        customers: BearerTokenLayer::new(Token::new(token)),
    };
    Ok(bookshop::Client::connect(url.parse()?, credentials))
}

/// What was sent, as the gateway saw it, and what came back.
fn print_table(requests: &[Received]) {
    println!(
        "operation                  target                     credentials                  caller         status"
    );
    for request in requests {
        let operation = request.operation.as_deref().unwrap_or("-");
        let caller = request.principal.as_deref().unwrap_or("-");
        let (target, credentials) = (request.uri.to_string(), credentials(request));
        println!(
            "{operation:<26} {target:<26} {credentials:<28} {caller:<14} {}",
            request.status
        );
    }
}

/// The kinds of credentials on a request; never their values.
fn credentials(request: &Received) -> String {
    let authorization = request
        .headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let scheme = authorization.and_then(|value| value.split(' ').next());
    let key = request
        .headers
        .contains_key("x-api-key")
        .then_some("x-api-key");
    [scheme, key]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" + ")
}
