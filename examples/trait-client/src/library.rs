//! The part of a library's API that this program uses.

use gatewright::{Body, rest_endpoint};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Book {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) price: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    pub(crate) books: Vec<Book>,
    /// What to ask for the next page with, if there is one.
    pub(crate) next: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct NewBook<'a> {
    pub(crate) title: &'a str,
}

/// Anybody with a key may look for books; what is written, and the books themselves, are for those who sign.
#[rest_endpoint(path = "/v1")]
#[auth(api_key)]
pub(crate) trait Library {
    /// One page of the books of a genre, or of all.
    #[get("/books")]
    async fn page(
        &self,
        #[query] genre: Option<&str>,
        #[query("pageToken")] token: Option<&str>,
    ) -> gatewright::Result<Page>;

    /// Adds a book.
    #[post("/books")]
    #[auth(iam)]
    async fn add(&self, #[body] book: &NewBook<'_>) -> gatewright::Result<Book>;

    /// The text of a book, as it arrives.
    #[get("/books/{book_id}/text")]
    #[auth(iam)]
    async fn text(&self, book_id: &str) -> gatewright::Result<Body>;

    /// The books of all pages. The macro leaves a method with a body alone, so a mock has this one too.
    async fn books(&self, genre: Option<&str>) -> gatewright::Result<Vec<Book>> {
        let mut books = Vec::new();
        let mut token = None;
        loop {
            let page = self.page(genre, token.as_deref()).await?;
            books.extend(page.books);
            token = page.next;
            if token.is_none() {
                return Ok(books);
            }
        }
    }
}
