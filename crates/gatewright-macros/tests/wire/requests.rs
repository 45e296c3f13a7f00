//! Each kind of argument, each body, each HTTP method.

use std::borrow::Cow;
use std::collections::BTreeMap;

use gatewright::client::{IntoBody, ParamValue, PlainText};
use gatewright::{Body, BoxError, Multipart, RequestError, rest_endpoint};
use http::Method;
use serde::Serialize;

use crate::{BASE, echo};

type Sent = gatewright::Result<PlainText>;

struct PetId(u32);

impl ParamValue for PetId {
    fn write(&self, with: &mut dyn FnMut(&str)) {
        with(&format!("pet-{}", self.0));
    }
}

#[derive(Serialize)]
struct Filter<'a> {
    kind: Option<&'a str>,
    tags: &'a [&'a str],
}

/// A type with a codec of its own.
struct Csv<'a>(&'a [&'a str]);

impl IntoBody for Csv<'_> {
    fn into_body(self) -> Result<Body, RequestError> {
        let body = Body::text(self.0.join(","));
        Ok(body.with_content_type(http::HeaderValue::from_static("text/csv")))
    }
}

#[rest_endpoint(path = "/v1")]
#[header("accept", "text/plain")]
trait Echo {
    #[get("/pets/{id}/{part}/{rest+}")]
    async fn path(&self, id: &PetId, part: Cow<'_, str>, rest: &str) -> Sent;

    #[get("/pets")]
    async fn query(
        &self,
        #[query] limit: Option<u32>,
        #[query("next-Token")] next: &str,
        #[query("tag")] tags: &[&str],
        #[query] ids: Option<&[u64]>,
        #[query] name: &Option<String>,
        #[query] kinds: Vec<&str>,
    ) -> Sent;

    #[get("/pets")]
    async fn flattened(
        &self,
        #[query(flatten)] filter: &Filter<'_>,
        #[query(flatten)] more: Option<&BTreeMap<String, u8>>,
    ) -> Sent;

    #[get("/pets")]
    async fn styles(
        &self,
        #[query("id", comma)] ids: &[u64],
        #[query(deep)] page: &Filter<'_>,
        #[query("where", json)] condition: &Filter<'_>,
        #[query(pipe)] a: &[&str],
        #[query(space)] b: Option<&[&str]>,
    ) -> Sent;

    #[get("/pets")]
    #[header("Accept", "text/*")]
    #[header("x-app", "1")]
    async fn headers(
        &self,
        #[header("X-Trace")] trace: Option<&str>,
        #[header("x-tag")] tags: &[u8],
        #[header("x-app")] app: Option<&str>,
    ) -> Sent;

    #[post("/pets")]
    async fn json(&self, #[body] names: &[&str]) -> Sent;

    #[patch("/pets")]
    async fn json_if_any(&self, #[body] name: Option<&str>) -> Sent;

    #[put("/pets")]
    async fn form(&self, #[body(form)] filter: &Filter<'_>) -> Sent;

    #[post("/pets")]
    async fn multipart(&self, #[body] parts: Multipart) -> Sent;

    #[put("/pets")]
    async fn raw(&self, #[header("content-type")] kind: &str, #[body] bytes: Body) -> Sent;

    #[put("/pets")]
    async fn own(&self, #[body] csv: Csv<'_>) -> Sent;

    #[delete("/pets")]
    async fn delete(&self) -> Sent;

    #[head("/pets")]
    async fn head(&self) -> Sent;

    #[options("/pets")]
    async fn options(&self) -> Sent;

    #[any("/pets/{id}")]
    async fn any(&self, #[method] method: Method, id: u8, #[body] body: Option<u8>) -> Sent;
}

fn client() -> EchoClient<impl gatewright::HttpService> {
    EchoClient::new(echo(), BASE.parse().unwrap())
}

/// What was sent, without what every request of the trait has in common.
#[track_caller]
fn assert_sent(sent: Sent, expected: &str) {
    let sent = sent.unwrap().replace("https://api.test/prod/v1", "");
    assert_eq!(sent.replace("accept: text/plain\n", ""), expected);
}

#[tokio::test]
async fn values_of_the_path_are_encoded_and_keep_the_route() {
    let client = client();
    assert_sent(
        client.path(&PetId(7), "a/b ?#%".into(), "x/y z/é").await,
        "GET /pets/pet-7/a%2Fb%20%3F%23%25/x/y%20z/%C3%A9\n",
    );
    let refused = client.path(&PetId(7), "..".into(), "x").await.unwrap_err();
    assert!(
        matches!(refused, gatewright::Error::Request(_)),
        "{refused:?}"
    );
}

#[tokio::test]
async fn queries_are_sent_as_often_as_there_are_texts() {
    let client = client();
    let query = client.query(
        Some(3),
        "a+b&c",
        &["x", "y"],
        Some(&[1, 2]),
        &None,
        vec!["é"],
    );
    assert_sent(
        query.await,
        "GET /pets?limit=3&next-Token=a%2Bb%26c&tag=x&tag=y&ids=1&ids=2&kinds=%C3%A9\n",
    );
    let name = Some("Tom".to_owned());
    let query = client.query(None, "", &[], None, &name, Vec::new()).await;
    assert_sent(query, "GET /pets?next-Token=&name=Tom\n");
}

#[tokio::test]
async fn members_are_parameters() {
    let filter = Filter {
        kind: None,
        tags: &["x", "y"],
    };
    let more = BTreeMap::from([("n".to_owned(), 1)]);
    let client = client();
    assert_sent(
        client.flattened(&filter, Some(&more)).await,
        "GET /pets?tags=x&tags=y&n=1\n",
    );
    let nothing = Filter {
        kind: None,
        tags: &[],
    };
    assert_sent(client.flattened(&nothing, None).await, "GET /pets\n");
}

#[tokio::test]
async fn lists_and_members_are_laid_out_as_the_mark_says() {
    let page = Filter {
        kind: Some("b"),
        tags: &[],
    };
    let client = client();
    let styles = client.styles(&[1, 2], &page, &page, &["p", "q"], Some(&["s", "t"]));
    assert_sent(
        styles.await,
        "GET /pets?id=1,2&page%5Bkind%5D=b&where=%7B%22kind%22%3A%22b%22%2C%22tags%22%3A%5B%5D%7D&a=p%7Cq&b=s%20t\n",
    );
    assert_sent(
        client.styles(&[], &page, &page, &[], None).await,
        "GET /pets?page%5Bkind%5D=b&where=%7B%22kind%22%3A%22b%22%2C%22tags%22%3A%5B%5D%7D\n",
    );
}

#[tokio::test]
async fn headers_of_arguments_win_over_those_of_the_method_and_those_over_the_traits() {
    let client = client();
    assert_sent(
        client.headers(Some("t"), &[1, 2], None).await,
        "GET /pets\naccept: text/*\nx-app: 1\nx-tag: 1\nx-tag: 2\nx-trace: t\n",
    );
    assert_sent(
        client.headers(None, &[], Some("2")).await,
        "GET /pets\naccept: text/*\nx-app: 2\n",
    );
}

#[tokio::test]
async fn bodies_bring_their_media_type() {
    let client = client();
    let json = "content-type: application/json\n";
    assert_sent(
        client.json(&["a", "é"]).await,
        &format!("POST /pets\n{json}[\"a\",\"é\"]"),
    );
    assert_sent(client.json_if_any(None).await, "PATCH /pets\n");
    let filter = Filter {
        kind: Some("c d"),
        tags: &["x", "&"],
    };
    assert_sent(
        client.form(&filter).await,
        "PUT /pets\ncontent-type: application/x-www-form-urlencoded\nkind=c%20d&tags=x&tags=%26",
    );
    assert_sent(
        client.raw("image/png", Body::text("raw")).await,
        "PUT /pets\ncontent-type: image/png\nraw",
    );
    assert_sent(
        client.own(Csv(&["a", "b"])).await,
        "PUT /pets\ncontent-type: text/csv\na,b",
    );
}

#[tokio::test]
async fn a_body_may_be_parts_or_a_stream() -> Result<(), BoxError> {
    let client = client();
    let sent = client
        .multipart(Multipart::new().text("title", "Gitanjali"))
        .await?;
    assert!(sent.contains("content-type: multipart/form-data; boundary="));
    assert!(
        sent.contains("content-disposition: form-data; name=\"title\"\r\n\r\nGitanjali\r\n"),
        "{sent}"
    );
    let stream = Body::new(Body::from(b"streamed".to_vec()));
    assert_sent(
        client.raw("x/y", stream).await,
        "PUT /pets\ncontent-type: x/y\nstreamed",
    );
    Ok(())
}

#[tokio::test]
async fn each_http_method_is_sent() {
    let client = client();
    assert_sent(client.delete().await, "DELETE /pets\n");
    assert_sent(client.head().await, "HEAD /pets\n");
    assert_sent(client.options().await, "OPTIONS /pets\n");
    assert_sent(client.any(Method::GET, 1, None).await, "GET /pets/1\n");
    let purge = Method::from_bytes(b"PURGE").unwrap();
    assert_sent(
        client.any(purge, 1, Some(2)).await,
        "PURGE /pets/1\ncontent-type: application/json\n2",
    );
}
