use std::collections::HashMap;
use std::time::Duration;

use http::Request;
use http::request::Parts as Head;

use super::*;
use crate::authorize::Credential;

const BODY: &[u8] = b"{\"x\": 1}\n";
const STAMP: &str = "20260102T030405Z";

/// What somebody signs, written down by hand: the right form, for a test to change.
#[derive(Clone)]
struct Signed {
    method: String,
    path: String,
    query: String,
    host: String,
    payload: String,
    secret: String,
    region: String,
    service: String,
}

fn right() -> Signed {
    Signed {
        method: "POST".into(),
        path: "/prod/pets/a%2520b".into(),
        query: "a=1&a=x%20y&b=2".into(),
        host: "127.0.0.1:9100".into(),
        payload: sha256_hex(BODY),
        secret: "a-secret-of-this-test".into(),
        region: "eu-west-1".into(),
        service: SERVICE.into(),
    }
}

fn time() -> SystemTime {
    crate::date::parse_amz(STAMP).unwrap()
}

fn keys() -> Keys {
    let credential = |secret: &str| Credential {
        secret: secret.to_owned(),
        session_token: None,
        expires: None,
    };
    Keys {
        region: "eu-west-1".to_owned(),
        credentials: HashMap::from([
            ("AKIDWHY".to_owned(), credential("a-secret-of-this-test")),
            ("AKIDOTHER".to_owned(), credential("the-other-secret")),
        ]),
        stage: "prod".to_owned(),
        hosts: vec!["a1.execute-api.eu-west-1.amazonaws.com".to_owned()],
        derived: crate::authorize::Derived::default(),
    }
}

/// The request with the signature of `signed`, as it arrives.
fn request(signed: &Signed) -> Head {
    let names = "host;x-amz-date";
    let canonical = format!(
        "{}\n{}\n{}\nhost:{}\nx-amz-date:{STAMP}\n\n{names}\n{}",
        signed.method, signed.path, signed.query, signed.host, signed.payload
    );
    let scope = "20260102/eu-west-1/execute-api/aws4_request";
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{STAMP}\n{scope}\n{}",
        sha256_hex(canonical.as_bytes())
    );
    let key = generate_signing_key(&signed.secret, time(), &signed.region, &signed.service);
    let signature = calculate_signature(key, to_sign.as_bytes());
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDWHY/{scope}, SignedHeaders={names}, Signature={signature}"
    );
    let request = Request::post("/prod/pets/a%20b?b=2&a=x+y&a=1")
        .header("host", "127.0.0.1:9100")
        .header("x-amz-date", STAMP)
        .header("authorization", authorization);
    request.body(()).unwrap().into_parts().0
}

fn why(signed: &Signed) -> Option<String> {
    let parts = request(signed);
    let call = Call {
        parts: &parts,
        body: BODY,
        now: time() + Duration::from_secs(1),
    };
    let sent = Authorization::read(call).unwrap();
    explain(&keys(), &sent, call, &sha256_hex(BODY), time())
}

type Change = fn(&mut Signed);

/// The mistakes of the list that change this request, each with the words that are said of it.
const MISTAKES: [(&str, Change); 27] = [
    ("the method is in lower case", |it| {
        it.method = "post".into();
    }),
    ("the method is signed as `GET`", |it| {
        it.method = "GET".into();
    }),
    ("the path is encoded once, as for S3", |it| {
        it.path = "/prod/pets/a%20b".into();
    }),
    ("the path is not encoded", |it| {
        it.path = "/prod/pets/a b".into();
    }),
    ("the path is encoded three times", |it| {
        it.path = "/prod/pets/a%252520b".into();
    }),
    ("the stage is missing in the path", |it| {
        it.path = "/pets/a%2520b".into();
    }),
    ("the stage is in the path twice", |it| {
        it.path = "/prod/prod/pets/a%2520b".into();
    }),
    ("the path is signed as `/`", |it| {
        it.path = "/".into();
    }),
    ("a slash is added to the path", |it| {
        it.path += "/";
    }),
    ("the query is left out", |it| {
        it.query.clear();
    }),
    ("the query is not sorted", |it| {
        it.query = "b=2&a=x%20y&a=1".into();
    }),
    (
        "the query is signed as it is sent, not sorted and not encoded strictly",
        |it| {
            it.query = "b=2&a=x+y&a=1".into();
        },
    ),
    (
        "the query is signed as it is sent, not encoded strictly",
        |it| {
            it.query = "a=1&a=x+y&b=2".into();
        },
    ),
    ("`+` in the query is signed as a plus sign", |it| {
        it.query = "a=1&a=x%2By&b=2".into();
    }),
    ("the query is encoded twice", |it| {
        it.query = "a=1&a=x%2520y&b=2".into();
    }),
    (
        "of repeated names in the query only the last is signed",
        |it| {
            it.query = "a=1&b=2".into();
        },
    ),
    ("the host is signed without its port", |it| {
        it.host = "127.0.0.1".into();
    }),
    ("the host is signed as `localhost`, with the port", |it| {
        it.host = "localhost:9100".into();
    }),
    ("the host is signed as that of the deployed API", |it| {
        it.host = "a1.execute-api.eu-west-1.amazonaws.com".into();
    }),
    ("the body is signed as an empty one", |it| {
        it.payload = sha256_hex(b"");
    }),
    (
        "the body is signed as `UNSIGNED-PAYLOAD`, which is for S3",
        |it| {
            it.payload = "UNSIGNED-PAYLOAD".into();
        },
    ),
    ("the body is signed without the newline at its end", |it| {
        it.payload = sha256_hex(b"{\"x\": 1}");
    }),
    ("the JSON of the body is signed without blanks", |it| {
        it.payload = sha256_hex(b"{\"x\":1}");
    }),
    ("the key is derived for the region `us-east-1`", |it| {
        it.region = "us-east-1".into();
    }),
    ("the key is derived for the service `lambda`", |it| {
        it.service = "lambda".into();
    }),
    ("the secret has a newline at its end", |it| {
        it.secret += "\n";
    }),
    ("the secret is that of the access key AKIDOTHER", |it| {
        it.secret = "the-other-secret".into();
    }),
];

#[test]
fn each_mistake_is_named() {
    for (mistake, change) in MISTAKES {
        let mut signed = right();
        change(&mut signed);
        assert_eq!(why(&signed).as_deref(), Some(mistake));
    }
}

/// Which part of a signature a mistake is of; two of one part are no pair.
fn part(mistake: &str) -> &str {
    let words = [
        "method", "stage", "path", "slash", "query", "host", "body", "key is", "secret",
    ];
    let found = words.into_iter().find(|word| mistake.contains(word));
    match found.unwrap_or_default() {
        "stage" | "slash" => "path",
        "secret" => "key is",
        word if mistake.contains("repeated names") || word.is_empty() => "query",
        word => word,
    }
}

#[test]
fn two_mistakes_of_different_parts_are_both_named() {
    let mut pairs = 0;
    for (index, (one, change)) in MISTAKES.iter().enumerate() {
        for (other, change_too) in &MISTAKES[index + 1..] {
            if part(one) == part(other) {
                continue;
            }
            let mut signed = right();
            change(&mut signed);
            change_too(&mut signed);
            assert_eq!(why(&signed), Some(format!("{one}, and {other}")));
            pairs += 1;
        }
    }
    assert!(pairs > 250, "{pairs}");
}

#[test]
fn a_secret_that_nobody_knows_has_no_explanation_and_is_not_shown() {
    let mut signed = right();
    signed.secret = "of-somebody-else".into();
    assert_eq!(why(&signed), None);
    for (_, change) in MISTAKES {
        let mut signed = right();
        change(&mut signed);
        let said = why(&signed).expect("an explanation");
        assert!(
            !said.contains("secret-of-this-test") && !said.contains("the-other-secret"),
            "{said}"
        );
    }
}
