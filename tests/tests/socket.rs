//! What the client of a trait puts on a socket, byte for byte: through the default transport, to a server that only reads.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use gatewright::{Body, Multipart, rest_endpoint};
use http_body::Frame;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

type Sent = gatewright::Result<()>;

#[rest_endpoint(path = "/v1")]
#[header("x-app", "shop")]
trait Shop {
    #[get("/books/{id}/pages/{rest+}")]
    async fn path(&self, id: &str, rest: &str) -> Sent;

    #[get("/books")]
    async fn query(
        &self,
        #[query] limit: Option<u32>,
        #[query("tag")] tags: &[&str],
        #[query(comma)] ids: &[u8],
    ) -> Sent;

    #[delete("/books")]
    async fn headers(
        &self,
        #[header("X-Trace")] trace: &str,
        #[header("x-tag")] tags: &[&str],
    ) -> Sent;

    #[post("/books")]
    async fn json(&self, #[body] titles: &[&str]) -> Sent;

    #[put("/books")]
    async fn form(&self, #[body(form)] book: &BTreeMap<&str, &str>) -> Sent;

    #[post("/photos")]
    async fn multipart(&self, #[body] parts: Multipart) -> Sent;

    #[put("/photos")]
    async fn stream(&self, #[body] photo: Body) -> Sent;
}

/// A body of so many pieces, of which nobody knows how many there are.
struct Pieces(u8);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        Poll::Ready(left.map(|_| Ok(Frame::data(Bytes::from_static(b"piece")))))
    }
}

/// Takes one request and answers that there is nothing to say; gives its bytes back, the address of the server as `ADDRESS`.
async fn serve(listener: TcpListener) -> String {
    let address = listener.local_addr().unwrap().to_string();
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !is_whole(&request) {
        assert_ne!(
            stream.read_buf(&mut request).await.unwrap(),
            0,
            "ended early"
        );
    }
    let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(answer).await.unwrap();
    String::from_utf8(request)
        .unwrap()
        .replace(&address, "ADDRESS")
}

/// Whether the head is there, and as much of a body as it says.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    match length {
        Some(length) => body.len() >= length.parse().unwrap(),
        None => !head.contains("chunked") || body.ends_with("0\r\n\r\n"),
    }
}

/// The bytes of one call.
async fn sent<F: Future<Output = Sent>>(call: impl FnOnce(ShopClient) -> F) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/prod", listener.local_addr().unwrap());
    let client = ShopClient::new(gatewright::transport::https(), base.parse().unwrap()).boxed();
    let (bytes, outcome) = tokio::join!(serve(listener), call(client));
    outcome.unwrap();
    bytes
}

#[tokio::test]
async fn values_of_the_path_are_encoded() {
    assert_eq!(
        sent(async |client| client.path("a/b é%", "1/x?y").await).await,
        "GET /prod/v1/books/a%2Fb%20%C3%A9%25/pages/1/x%3Fy HTTP/1.1\r\n\
         x-app: shop\r\naccept: application/json\r\nhost: ADDRESS\r\n\r\n",
    );
}

#[tokio::test]
async fn queries_are_sent_as_often_as_there_are_texts() {
    assert_eq!(
        sent(async |client| client.query(Some(3), &["a&b", ""], &[1, 2]).await).await,
        "GET /prod/v1/books?limit=3&tag=a%26b&tag=&ids=1,2 HTTP/1.1\r\n\
         x-app: shop\r\naccept: application/json\r\nhost: ADDRESS\r\n\r\n",
    );
}

#[tokio::test]
async fn a_header_has_a_line_for_each_text() {
    assert_eq!(
        sent(async |client| client.headers("t 1", &["x", "y"]).await).await,
        "DELETE /prod/v1/books HTTP/1.1\r\n\
         x-app: shop\r\nx-trace: t 1\r\nx-tag: x\r\nx-tag: y\r\naccept: application/json\r\nhost: ADDRESS\r\n\r\n",
    );
}

#[tokio::test]
async fn json_and_forms_have_their_length_and_media_type() {
    assert_eq!(
        sent(async |client| client.json(&["é", "\"\n"]).await).await,
        "POST /prod/v1/books HTTP/1.1\r\n\
         x-app: shop\r\naccept: application/json\r\ncontent-type: application/json\r\nhost: ADDRESS\r\n\
         content-length: 13\r\n\r\n[\"é\",\"\\\"\\n\"]",
    );
    let book = BTreeMap::from([("a b", "c&d"), ("é", "+")]);
    assert_eq!(
        sent(async |client| client.form(&book).await).await,
        "PUT /prod/v1/books HTTP/1.1\r\n\
         x-app: shop\r\naccept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\nhost: ADDRESS\r\n\
         content-length: 22\r\n\r\na%20b=c%26d&%C3%A9=%2B",
    );
}

#[tokio::test]
async fn parts_stand_between_boundaries() {
    let parts = Multipart::new().text("title", "Ubik");
    let sent = sent(async |client| client.multipart(parts).await).await;
    let (_, rest) = sent.split_once("boundary=").unwrap();
    let (boundary, _) = rest.split_once("\r\n").unwrap();
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert_eq!(
        body.replace(boundary, "B"),
        "--B\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nUbik\r\n--B--\r\n",
    );
    assert!(
        head.contains(&format!("\r\ncontent-length: {}", body.len())),
        "{head}"
    );
}

#[tokio::test]
async fn a_body_of_unknown_length_is_sent_in_chunks() {
    let photo = Body::new(Pieces(2));
    assert_eq!(
        sent(async |client| client.stream(photo).await).await,
        "PUT /prod/v1/photos HTTP/1.1\r\n\
         x-app: shop\r\naccept: application/json\r\nhost: ADDRESS\r\ntransfer-encoding: chunked\r\n\r\n\
         5\r\npiece\r\n5\r\npiece\r\n0\r\n\r\n",
    );
}
