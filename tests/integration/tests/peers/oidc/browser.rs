//! A person at a browser who signs in as alice: it keeps cookies, follows redirects and fills in forms.

use std::collections::BTreeMap;

use gatewright::{Body, HttpService};
use gatewright_integration::peers::issuer;
use http::header::{COOKIE, LOCATION, SET_COOKIE};
use http::{HeaderMap, Method, Request, Response};

/// Twice as many as there are.
const MOST_PAGES: usize = 10;

/// What the person says when the provider asks whether the device may sign in.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    Yes,
    No,
}

#[derive(Default)]
pub(super) struct Browser {
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// Opens a page and answers all that is asked there, until there is nothing more to be sent.
    pub(super) async fn decide(&mut self, page: &str, answer: Answer) {
        let mut html = self.go(Method::GET, page.to_owned(), Body::empty()).await;
        for _ in 0..MOST_PAGES {
            let Some(form) = Form::first_in(&html).filter(Form::can_be_filled_in) else {
                return;
            };
            let Form { action, fields } = form.filled_in(answer);
            let body = Body::form(&fields).unwrap();
            html = self.go(Method::POST, absolute(&action), body).await;
        }
        panic!("the provider asks and asks: {html}");
    }

    /// Sends a request, follows where it is sent to, and gives back the page there.
    async fn go(&mut self, method: Method, url: String, body: Body) -> String {
        let mut answer = self.send(method, &url, body).await;
        while let Some(next) = answer.headers().get(LOCATION) {
            let next = absolute(next.to_str().unwrap());
            answer = self.send(Method::GET, &next, Body::empty()).await;
        }
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        let bytes = answer.into_body().into_bytes(usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    async fn send(&mut self, method: Method, url: &str, body: Body) -> Response<Body> {
        let cookies = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let mut request = Request::builder()
            .method(method)
            .uri(url)
            .header(COOKIE, cookies);
        if let Some(content_type) = body.content_type() {
            request = request.header("content-type", content_type);
        }
        let transport = gatewright::transport::https();
        let answer = transport.send(request.body(body).unwrap()).await.unwrap();
        self.keep_cookies(answer.headers());
        answer
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = cookie.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

/// The provider's pages name each other by their paths.
fn absolute(address: &str) -> String {
    if address.starts_with('/') {
        issuer() + address
    } else {
        address.to_owned()
    }
}

/// A form, with what is in it already.
struct Form {
    action: String,
    fields: BTreeMap<String, String>,
}

impl Form {
    fn first_in(html: &str) -> Option<Self> {
        let form = html.split("<form").nth(1)?.split("</form>").next()?;
        let inputs = form.split("<input").skip(1);
        let inputs = inputs.map(|rest| rest.split('>').next().unwrap_or_default());
        let fields = inputs.filter_map(|input| {
            let value = attribute(input, "value").unwrap_or_default();
            Some((attribute(input, "name")?, value))
        });
        Some(Self {
            action: attribute(form, "action")?,
            fields: fields.collect(),
        })
    }

    /// After a No the provider asks for the code of another device.
    fn can_be_filled_in(&self) -> bool {
        let code = self.fields.get("user_code");
        code.is_none_or(|code| !code.is_empty())
    }

    /// Writes a name and any password where those are asked for, and says no where that is to be said. Yes is the default.
    fn filled_in(mut self, answer: Answer) -> Self {
        if self.fields.contains_key("login") {
            self.set("login", "alice");
            self.set("password", "any");
        }
        if matches!(answer, Answer::No) && self.fields.contains_key("confirm") {
            self.set("abort", "yes");
        }
        self
    }

    fn set(&mut self, name: &str, value: &str) {
        self.fields.insert(name.to_owned(), value.to_owned());
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("&amp;", "&"))
}
