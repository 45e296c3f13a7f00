//! A client declared as a trait. The trait stays a trait: what this program does takes any `impl Library`, and its unit tests
//! bring a mock that is nothing but another implementation.

mod library;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, SigV4Layer};
use gatewright::{BaseUrl, BoxError, BoxService};
use gatewright_local::LocalGateway;
use http_body_util::BodyExt;
use library::{Library, LibraryClient, NewBook};

/// What all books of a genre cost together.
async fn total(library: &impl Library, genre: &str) -> gatewright::Result<f64> {
    let books = library.books(Some(genre)).await?;
    Ok(books.iter().filter_map(|book| book.price).sum())
}

/// Writes the text of a book piece by piece, so that no book has to fit into memory; how many bytes it has.
async fn download(
    library: &impl Library,
    book_id: &str,
    to: &mut impl Write,
) -> Result<usize, BoxError> {
    let mut text = library.text(book_id).await?;
    let mut written = 0;
    while let Some(frame) = text.frame().await {
        if let Ok(piece) = frame?.into_data() {
            to.write_all(&piece)?;
            written += piece.len();
        }
    }
    Ok(written)
}

const KEY: &str = "an-api-key-of-trait-client";
const EXPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/library.json");

/// One stack for both kinds of authorization: the operation says which of them its request gets.
fn service(base: &BaseUrl) -> Result<BoxService, BoxError> {
    let credentials = Credentials::new("AKIDEXAMPLE", "an-example-secret", None, None, "example");
    let stack = gatewright::stack(base)
        .api_key(ApiKeyLayer::new(KEY)?)
        .iam(SigV4Layer::new("eu-west-1", credentials));
    Ok(stack.build())
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let gateway = LocalGateway::from_path(EXPORT)?
        .credentials("AKIDEXAMPLE", "an-example-secret", None)
        .api_key(KEY)
        .start()
        .await?;
    let base: BaseUrl = gateway.url().parse()?;
    let library = LibraryClient::new(service(&base)?, base);

    let added = library.add(&NewBook { title: "Gitanjali" }).await?;
    println!("added {} as {}", added.title, added.id);
    let poetry = total(&library, "poetry").await?;
    println!("all poetry costs {poetry:.2}");
    let bytes = download(&library, &added.id, &mut io::stdout()).await?;
    println!("{bytes} bytes of it");
    for request in gateway.requests() {
        println!("{request}");
    }
    Ok(())
}
