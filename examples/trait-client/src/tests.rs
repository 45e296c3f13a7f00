//! What the program does, on a mock of the API: no socket, no gateway, no credentials.

use gatewright::{Body, BoxError, Error};

use crate::library::{Book, Library, NewBook, Page};
use crate::{download, total};

/// A library of three pages, one book each.
struct Shelf;

fn book(id: &str, price: Option<f64>) -> Book {
    Book {
        id: id.to_owned(),
        title: format!("book {id}"),
        price,
    }
}

impl Library for Shelf {
    async fn page(&self, genre: Option<&str>, token: Option<&str>) -> gatewright::Result<Page> {
        let (price, next) = match token {
            None => (Some(2.5), Some("two")),
            Some("two") => (None, Some("three")),
            Some(_) => (Some(4.0), None),
        };
        Ok(Page {
            books: vec![book(genre.unwrap_or("any"), price)],
            next: next.map(str::to_owned),
        })
    }

    async fn add(&self, _: &NewBook<'_>) -> gatewright::Result<Book> {
        Err(Error::Transport("the mock is read only".into()))
    }

    async fn text(&self, book_id: &str) -> gatewright::Result<Body> {
        Ok(Body::text(format!("the text of {book_id}")))
    }
}

#[tokio::test]
async fn books_of_all_pages_are_added_up_and_one_without_price_costs_nothing()
-> Result<(), BoxError> {
    assert_eq!(total(&Shelf, "poetry").await?, 6.5);
    Ok(())
}

#[tokio::test]
async fn a_download_is_written_as_it_comes() -> Result<(), BoxError> {
    let mut file = Vec::new();
    assert_eq!(download(&Shelf, "b1", &mut file).await?, 14);
    assert_eq!(file, b"the text of b1");
    Ok(())
}

#[tokio::test]
async fn an_error_of_the_api_comes_through() {
    let added = Shelf.add(&NewBook { title: "Ubik" }).await;
    assert!(matches!(added, Err(Error::Transport(_))));
}
