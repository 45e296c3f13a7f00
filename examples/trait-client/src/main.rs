//! A client declared as a trait. The trait stays a trait: the function under test takes any `impl Bookshop`, and its
//! unit test brings a mock that is nothing but another implementation.

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, SigV4Layer};
use gatewright::{BoxError, rest_endpoint};
use gatewright_local::LocalGateway;
use serde::{Deserialize, Serialize};
use tower::ServiceBuilder;

#[derive(Debug, Deserialize)]
struct Book {
    id: String,
    title: String,
    price: Option<f64>,
}

#[derive(Debug, Serialize)]
struct NewBook<'a> {
    title: &'a str,
}

/// The part of the bookshop's API that this program uses.
#[rest_endpoint]
#[auth(api_key)]
trait Bookshop {
    /// The books of a genre, or all of them.
    #[get("/books")]
    async fn books(&self, #[query] genre: Option<&str>) -> gatewright::Result<Vec<Book>>;

    /// One book.
    #[get("/books/{book_id}")]
    #[auth(iam)]
    async fn book(&self, book_id: &str) -> gatewright::Result<Book>;

    /// Adds a book.
    #[post("/books")]
    #[auth(iam, api_key)]
    async fn add(&self, #[body] book: &NewBook<'_>) -> gatewright::Result<Book>;
}

/// What this program is about, and what its test is about.
async fn total(shop: &impl Bookshop, genre: &str) -> gatewright::Result<f64> {
    let books = shop.books(Some(genre)).await?;
    Ok(books.iter().filter_map(|book| book.price).sum())
}

const KEY: &str = "an-api-key-of-trait-client";
const EXPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../quickstart/bookshop.json");

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let gateway = LocalGateway::from_path(EXPORT)?
        .credentials("AKIDEXAMPLE", "an-example-secret", None)
        .api_key(KEY)
        .start()
        .await?;
    let credentials = Credentials::new("AKIDEXAMPLE", "an-example-secret", None, None, "example");
    let service = ServiceBuilder::new()
        .layer(ApiKeyLayer::new(KEY)?)
        .layer(SigV4Layer::new("eu-west-1", credentials))
        .service(gatewright::transport::https());
    let shop = BookshopClient::new(service, gateway.url().parse()?);

    let added = shop.add(&NewBook { title: "Gitanjali" }).await?;
    let again = shop.book(&added.id).await?;
    println!("added {added:?}\nread  {:?}", again.title);
    println!("all poetry costs {:.2}", total(&shop, "poetry").await?);
    for request in gateway.requests() {
        println!("{request}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shelf;

    impl Bookshop for Shelf {
        async fn books(&self, genre: Option<&str>) -> gatewright::Result<Vec<Book>> {
            let book = |price| Book {
                id: "1".into(),
                title: genre.unwrap_or("any").into(),
                price,
            };
            Ok(vec![book(Some(2.5)), book(None), book(Some(4.0))])
        }

        async fn book(&self, _: &str) -> gatewright::Result<Book> {
            Err(gatewright::Error::Transport(
                "the mock has no single books".into(),
            ))
        }

        async fn add(&self, _: &NewBook<'_>) -> gatewright::Result<Book> {
            Err(gatewright::Error::Transport("the mock sells only".into()))
        }
    }

    #[tokio::test]
    async fn a_book_without_price_costs_nothing() -> gatewright::Result<()> {
        assert_eq!(total(&Shelf, "poetry").await?, 6.5);
        Ok(())
    }
}
