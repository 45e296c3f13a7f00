//! A program that has a client in a module and calls every operation of [`document`](super::document): what is compiled
//! only where it is used, and so for every user anew.

use super::document::method;

/// Where the clients of two generators differ as their users see it.
pub(super) struct Style {
    /// The expression of a client.
    pub(super) client: &'static str,
    /// The arguments of a call: the index of the operation, its method, and its body if it has one.
    pub(super) arguments: fn(usize, &str, Option<&str>) -> String,
    /// The members of a type that may be absent, absent; whether `related` is a list.
    pub(super) absent: fn(bool) -> &'static str,
}

pub(super) const GATEWRIGHT: Style = Style {
    client: "client::Client::connect(base.parse()?)",
    arguments: |index, method, body| {
        let body = body.map_or(String::new(), |body| format!("&{body}, "));
        let method = upper(method);
        format!(
            "\"group\", {body}client::{method}Thing{index}Params {{ limit: Some(1), ..Default::default() }}"
        )
    },
    absent: |_| "ratio: None, active: None, tags: None, created_at: None, related: None",
};

pub(super) const PROGENITOR: Style = Style {
    client: "client::Client::new(&base)",
    arguments: |_, _, body| {
        let body = body.map_or(String::new(), |body| format!(", &{body}"));
        format!("\"group\", None, Some(1), None, None{body}")
    },
    absent: |is_list| {
        if is_list {
            "ratio: None, active: None, tags: Vec::new(), created_at: None, related: Vec::new()"
        } else {
            "ratio: None, active: None, tags: Vec::new(), created_at: None, related: None"
        }
    },
};

/// The source of `main.rs`.
pub(super) fn source(size: usize, style: &Style) -> String {
    let calls = (0..size).map(|index| call(index, style));
    let calls: String = calls.collect();
    let list = (0..size).map(|index| format!("call{index}, "));
    let (list, client): (String, _) = (list.collect(), style.client);
    format!(
        r#"mod client;

type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;
// A task of a server, say: in a box, so that it is compiled once.
type Task<'a> = std::pin::Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

{calls}const CALLS: [fn(&client::Client) -> Task<'_>; {size}] = [{list}];

async fn all(client: client::Client) -> Outcome {{
    for call in CALLS {{
        call(&client).await?;
    }}
    Ok(())
}}

fn main() -> Outcome {{
    let base = std::env::args().nth(1).ok_or("no address")?;
    let client = {client};
    tokio::runtime::Runtime::new()?.block_on(all(client))
}}
"#
    )
}

fn call(index: usize, style: &Style) -> String {
    let method = method(index);
    let body = matches!(method, "post" | "put").then(|| {
        let absent = (style.absent)(index % 10 < 9);
        format!(
            "client::types::Thing{index} {{ id: \"1\".into(), name: \"one\".into(), count: 1, {absent} }}"
        )
    });
    let arguments = (style.arguments)(index, method, body.as_deref());
    format!(
        r#"fn call{index}(client: &client::Client) -> Task<'_> {{
    Box::pin(async move {{
        let thing = client.{method}_thing{index}({arguments}).await?;
        println!("{{}}", thing.name);
        Ok(())
    }})
}}

"#
    )
}

fn upper(method: &str) -> String {
    let (first, rest) = method.split_at(1);
    first.to_ascii_uppercase() + rest
}
