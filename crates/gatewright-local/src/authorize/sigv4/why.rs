//! Why a signature does not match: the gateway knows the secret, so it tries the mistakes that signers make, one and then two at once, and
//! sees which of them gives the signature that was sent.
//!
//! The list is of public bug reports: paths encoded once as for S3, stages left out, queries that are not sorted, `+`, hosts behind a
//! proxy, bodies that are hashed before they are changed, secrets with a newline at their end.

use std::collections::{HashMap, HashSet};
use std::time::SystemTime;

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use percent_encoding::{percent_decode_str, percent_encode};

use super::authorization::Authorization;
use super::canonical::{
    STRICT, STRICT_PATH, canonical_path, canonical_query, header_lines, signed_query,
};
use super::{Keys, SERVICE, string_to_sign};
use crate::call::Call;
use crate::query;
use crate::secret::{equal, sha256_hex};

/// What is signed of a request, part by part; of each part the right form comes first.
struct Parts {
    forms: [Vec<Form>; 5],
    keys: Vec<Key>,
}

/// One form of a part.
struct Form {
    /// What a signer does who signs this form; empty of the right one.
    mistake: String,
    value: String,
}

struct Key {
    mistake: String,
    bytes: Vec<u8>,
}

const METHOD: usize = 0;
const PATH: usize = 1;
const QUERY: usize = 2;
const HOST: usize = 3;
const PAYLOAD: usize = 4;
const KEY: usize = 5;

/// The mistake that explains a signature, in words that end a sentence: `the path is encoded once, as for S3`. `None` if none of those
/// that are known does, alone or with another one.
pub(super) fn explain(
    keys: &Keys,
    sent: &Authorization<'_>,
    call: Call<'_>,
    payload: &str,
    time: SystemTime,
) -> Option<String> {
    let parts = Parts::of(keys, sent, call, payload, time)?;
    let matches = |chosen: [usize; 6]| parts.matches(chosen, sent, call);
    let one = parts.deviations().into_iter();
    if let Some((part, form)) = one.clone().find(|it| matches(chosen(&[*it]))) {
        return Some(parts.mistake(part, form).to_owned());
    }
    let all: Vec<_> = one.collect();
    let pairs = all
        .iter()
        .enumerate()
        .flat_map(|(index, first)| all[index + 1..].iter().map(move |second| [*first, *second]));
    let mut pairs = pairs.filter(|[first, second]| first.0 != second.0);
    let [first, second] = pairs.find(|pair| matches(chosen(pair)))?;
    Some(format!(
        "{}, and {}",
        parts.mistake(first.0, first.1),
        parts.mistake(second.0, second.1)
    ))
}

/// The form of each part: the right one but for these.
fn chosen(deviations: &[(usize, usize)]) -> [usize; 6] {
    let mut chosen = [0; 6];
    for (part, form) in deviations {
        chosen[*part] = *form;
    }
    chosen
}

impl Parts {
    fn of(
        keys: &Keys,
        sent: &Authorization<'_>,
        call: Call<'_>,
        payload: &str,
        time: SystemTime,
    ) -> Option<Self> {
        Some(Self {
            forms: [
                methods(call),
                paths(call.parts.uri.path(), &keys.stage),
                queries(signed_query(call).as_deref()),
                hosts(call.host().unwrap_or_default(), &keys.hosts),
                payloads(call.body, payload),
            ],
            keys: signing_keys(keys, sent, time)?,
        })
    }

    /// All forms that are not the right one.
    fn deviations(&self) -> Vec<(usize, usize)> {
        let counts = self.forms.iter().map(Vec::len).chain([self.keys.len()]);
        let each = counts.enumerate();
        each.flat_map(|(part, count)| (1..count).map(move |form| (part, form)))
            .collect()
    }

    fn mistake(&self, part: usize, form: usize) -> &str {
        match part {
            KEY => &self.keys[form].mistake,
            part => &self.forms[part][form].mistake,
        }
    }

    fn matches(&self, chosen: [usize; 6], sent: &Authorization<'_>, call: Call<'_>) -> bool {
        let form = |part: usize| self.forms[part][chosen[part]].value.as_str();
        let headers = header_lines(call, &sent.signed_headers, form(HOST));
        let names = sent.signed_headers.join(";");
        let canonical = format!(
            "{}\n{}\n{}\n{headers}\n{names}\n{}",
            form(METHOD),
            form(PATH),
            form(QUERY),
            form(PAYLOAD)
        );
        let to_sign = string_to_sign(sent, call, &canonical);
        let key = &self.keys[chosen[KEY]].bytes;
        let signature = calculate_signature(key, to_sign.as_bytes());
        equal(signature.as_bytes(), sent.signature.as_bytes())
    }
}

/// The right form and those that differ from it and from one another.
fn forms(right: String, wrong: impl IntoIterator<Item = (&'static str, String)>) -> Vec<Form> {
    let mut seen = HashSet::from([right.clone()]);
    let mut forms = vec![Form {
        mistake: String::new(),
        value: right,
    }];
    for (mistake, value) in wrong {
        if seen.insert(value.clone()) {
            forms.push(Form {
                mistake: mistake.to_owned(),
                value,
            });
        }
    }
    forms
}

fn methods(call: Call<'_>) -> Vec<Form> {
    let method = call.parts.method.as_str();
    forms(
        method.to_owned(),
        [
            ("the method is in lower case", method.to_ascii_lowercase()),
            ("the method is signed as `GET`", "GET".to_owned()),
            ("the method is signed as `POST`", "POST".to_owned()),
        ],
    )
}

fn paths(path: &str, stage: &str) -> Vec<Form> {
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let twice = canonical_path(&canonical_path(path));
    let without_stage = path.strip_prefix(&format!("/{stage}"));
    let without_stage = without_stage.filter(|_| !stage.is_empty());
    let with_stage = format!("/{stage}{path}");
    let trimmed = canonical_path(path.trim_end_matches('/'));
    let unmerged = percent_encode(path.as_bytes(), STRICT_PATH).to_string();
    let right = canonical_path(path);
    forms(
        right.clone(),
        [
            ("the path is encoded once, as for S3", path.to_owned()),
            ("the path is not encoded", decoded),
            ("the path is encoded three times", twice),
            (
                "the stage is missing in the path",
                canonical_path(without_stage.unwrap_or(path)),
            ),
            (
                "the stage is in the path twice",
                canonical_path(&with_stage),
            ),
            ("the path is signed as `/`", "/".to_owned()),
            ("slashes that follow one another are not made one", unmerged),
            (
                "`%2F` in the path is decoded",
                canonical_path(&path.replace("%2F", "/").replace("%2f", "/")),
            ),
            ("the slash at the end of the path is dropped", trimmed),
            ("a slash is added to the path", format!("{right}/")),
        ],
    )
}

fn queries(query: Option<&str>) -> Vec<Form> {
    let sent = query.unwrap_or_default();
    let encoded = encoded(query);
    let plus_kept = self::encoded(Some(&sent.replace('+', "%2B")));
    let each = |change: &dyn Fn(&str) -> String| {
        let pairs = encoded.iter();
        sorted(
            pairs
                .map(|(name, value)| (change(name), change(value)))
                .collect(),
        )
    };
    let mut as_sent: Vec<_> = sent.split('&').collect();
    as_sent.sort_unstable();
    let right = canonical_query(query);
    let without_sign = right.replace("=&", "&").trim_end_matches('=').to_owned();
    forms(
        right,
        [
            ("the query is left out", String::new()),
            ("the query is not sorted", joined(&encoded)),
            (
                "the query is signed as it is sent, not sorted and not encoded strictly",
                sent.to_owned(),
            ),
            (
                "the query is signed as it is sent, not encoded strictly",
                as_sent.join("&"),
            ),
            (
                "blanks in the query are signed as `+`",
                each(&|text| text.replace("%20", "+")),
            ),
            (
                "`+` in the query is signed as a plus sign",
                sorted(plus_kept),
            ),
            (
                "the query is encoded twice",
                each(&|text| percent_encode(text.as_bytes(), STRICT).to_string()),
            ),
            (
                "of repeated names in the query only the last is signed",
                sorted(last_of_each(&encoded)),
            ),
            ("a name without a value has no `=`", without_sign),
        ],
    )
}

type Pair = (String, String);

/// The pairs of a query, decoded and encoded strictly, in their order.
fn encoded(query: Option<&str>) -> Vec<Pair> {
    let encode = |bytes: &[u8]| percent_encode(bytes, STRICT).to_string();
    let pairs = query::pairs(query).into_iter();
    pairs
        .map(|(name, value)| (encode(&name), encode(&value)))
        .collect()
}

fn joined(pairs: &[Pair]) -> String {
    let pairs = pairs.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

fn sorted(mut pairs: Vec<Pair>) -> String {
    pairs.sort();
    joined(&pairs)
}

fn last_of_each(pairs: &[Pair]) -> Vec<Pair> {
    let last: HashMap<_, _> = pairs.iter().map(|(name, value)| (name, value)).collect();
    let last = last.into_iter();
    last.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn hosts(host: &str, known: &[String]) -> Vec<Form> {
    let (name, port) = host.rsplit_once(':').unwrap_or((host, ""));
    let mut wrong = vec![
        ("the host is signed without its port", name.to_owned()),
        (
            "the host is signed in lower case",
            host.to_ascii_lowercase(),
        ),
        ("the host is signed as `localhost`", "localhost".to_owned()),
        (
            "the host is signed as `localhost`, with the port",
            format!("localhost:{port}"),
        ),
        (
            "the host is signed as `127.0.0.1`, with the port",
            format!("127.0.0.1:{port}"),
        ),
        (
            "the host is signed with the port 443",
            format!("{name}:443"),
        ),
        ("the host is signed with the port 80", format!("{name}:80")),
        ("the host is empty", String::new()),
    ];
    let known = known.iter().map(|host| {
        (
            "the host is signed as that of the deployed API",
            host.clone(),
        )
    });
    wrong.extend(known);
    forms(host.to_owned(), wrong)
}

fn payloads(body: &[u8], payload: &str) -> Vec<Form> {
    let text = String::from_utf8_lossy(body);
    let json = || serde_json::from_slice::<serde_json::Value>(body).ok();
    let compact = json().map(|value| sha256_hex(value.to_string().as_bytes()));
    let pretty = json().and_then(|value| serde_json::to_string_pretty(&value).ok());
    let pretty = pretty.map(|text| sha256_hex(text.as_bytes()));
    let mut wrong = vec![
        ("the body is signed as an empty one", sha256_hex(b"")),
        (
            "the body is signed as `UNSIGNED-PAYLOAD`, which is for S3",
            "UNSIGNED-PAYLOAD".to_owned(),
        ),
        (
            "the body is signed without the newline at its end",
            sha256_hex(text.trim_end_matches('\n').as_bytes()),
        ),
        (
            "the body is signed with a newline at its end",
            sha256_hex(format!("{text}\n").as_bytes()),
        ),
        (
            "the hash of the body is in upper case",
            payload.to_ascii_uppercase(),
        ),
        ("the hash of the body is missing", String::new()),
    ];
    let spelled = [
        ("the JSON of the body is signed without blanks", compact),
        ("the JSON of the body is signed with line breaks", pretty),
    ];
    wrong.extend(
        spelled
            .into_iter()
            .filter_map(|(mistake, hash)| Some((mistake, hash?))),
    );
    forms(payload.to_owned(), wrong)
}

fn signing_keys(keys: &Keys, sent: &Authorization<'_>, time: SystemTime) -> Option<Vec<Key>> {
    let secret = keys.credentials.get(&*sent.access_key_id)?.secret.as_str();
    let (region, date) = (keys.region.as_str(), time);
    let key = |mistake: String, secret: &str, region: &str, service: &str| Key {
        mistake,
        bytes: generate_signing_key(secret, date, region, service)
            .as_ref()
            .to_vec(),
    };
    let mut all = vec![key(String::new(), secret, region, SERVICE)];
    let regions = ["us-east-1", "eu-west-1", "us-west-2", "eu-central-1"].into_iter();
    all.extend(regions.filter(|other| *other != region).map(|other| {
        let mistake = format!("the key is derived for the region `{other}`");
        key(mistake, secret, other, SERVICE)
    }));
    all.extend(["apigateway", "lambda", "s3", "appsync"].map(|other| {
        let mistake = format!("the key is derived for the service `{other}`");
        key(mistake, secret, region, other)
    }));
    let spelled = [
        ("the secret has a newline at its end", format!("{secret}\n")),
        ("the secret has a blank at its end", format!("{secret} ")),
        ("the secret has a blank at its start", format!(" {secret}")),
        ("the secret has quotes around it", format!("\"{secret}\"")),
        ("the secret is empty", String::new()),
    ];
    all.extend(spelled.map(|(mistake, secret)| key(mistake.to_owned(), &secret, region, SERVICE)));
    let others = keys
        .credentials
        .iter()
        .filter(|(id, _)| **id != *sent.access_key_id);
    all.extend(others.take(20).map(|(id, other)| {
        let mistake = format!("the secret is that of the access key {id}");
        key(mistake, &other.secret, region, SERVICE)
    }));
    Some(all)
}

#[cfg(test)]
mod tests;
