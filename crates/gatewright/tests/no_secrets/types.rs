//! Every public type, in the state in which it could give something away.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gatewright::cache::{Load, Loaded, Loader, RefreshingCache};
use gatewright::client::{BaseUrl, RestClient};
use gatewright::epoch::{Epochs, Holder};
use gatewright::layers::bearer::CachedToken;
use gatewright::layers::credential::{OneUserLayer, SameUser, Verdict, Whose};
use gatewright::layers::sigv4::{CachedCredentials, PayloadHash, ProvideCredentials};
use gatewright::layers::{
    Attempt, InjectHeadersLayer, InjectMode, LimitsLayer, OnConflict, RequireAuthLayer, Retry,
    RetryLayer, SigV4Layer, TraceLayer,
};
use gatewright::multipart::File;
use gatewright::{
    Auth, AuthOverride, AuthorizeError, Body, BoxError, Multipart, Origin, Place, ProvideToken,
    RawResponse, RefreshPolicy, Response, Token,
};
use http::{HeaderValue, Request};
use tower::{Layer, Service, ServiceExt, service_fn};

use super::shown::{
    KEY, MARK, OPERATION, TOKEN, X_TOKEN, credentials, error_hides, hides, key, signer, token,
};

#[test]
fn layers_and_services() {
    let provided = || gatewright::layers::ApiKeyLayer::from_provider(Token::new(KEY));
    hides(&(
        key(),
        provided(),
        key().layer(()),
        key().on_conflict(OnConflict::Keep),
    ));
    hides(&(token(), token().layer(()), token().in_query("token").raw()));
    hides(&(signer(), signer().layer(())));
    let headers = InjectHeadersLayer::new()
        .try_overriding("x-token", TOKEN)
        .unwrap()
        .from_request(InjectMode::Append, X_TOKEN, |_| {
            HeaderValue::from_str(TOKEN).ok()
        });
    hides(&(headers.clone(), headers.layer(())));
    let origin: Origin = "https://api.test".parse().unwrap();
    hides(
        &RequireAuthLayer::new()
            .only_to(origin)
            .layer(key().layer(())),
    );
    hides(&LimitsLayer::new().layer(signer().layer(())));
    hides(&Retry::new(token().layer(()), RetryLayer::new()));
    hides(&TraceLayer::new().layer(key().layer(())));
    hides(&RefreshPolicy::default());
}

#[tokio::test]
async fn a_cache_that_holds_a_token() {
    let cache = CachedToken::new(|| async { Ok(Token::new(TOKEN)) });
    assert_eq!(cache.provide_token().await.unwrap().secret(), TOKEN);
    hides(&(
        cache.clone(),
        gatewright::layers::BearerTokenLayer::from_cache(cache),
    ));
    hides(&Token::new(TOKEN).with_expiry(std::time::UNIX_EPOCH + Duration::from_secs(1)));
}

#[tokio::test]
async fn a_cache_that_holds_credentials() {
    let cache = CachedCredentials::new(credentials());
    let given = cache.provide_credentials().await.unwrap();
    assert_eq!(given, credentials());
    hides(&(cache.clone(), SigV4Layer::from_cache("eu-central-1", cache)));
}

/// Gives a secret that does not hide itself.
struct Secrets;

impl Loader<&'static str> for Secrets {
    const WHAT: &'static str = "a secret";

    async fn load(&self, load: Load<&'static str>) -> Result<Loaded<&'static str>, AuthorizeError> {
        hides(&load);
        let loaded = Loaded::new(TOKEN);
        hides(&loaded);
        Ok(loaded)
    }
}

#[tokio::test]
async fn a_cache_that_holds_anything() {
    let cache = RefreshingCache::new(Arc::new(Secrets), RefreshPolicy::default());
    let wait = cache.get(std::time::UNIX_EPOCH);
    hides(&wait);
    assert_eq!(*wait.value().await.unwrap(), TOKEN);
    hides(&(cache.get(std::time::UNIX_EPOCH), cache));
}

#[tokio::test]
async fn requests_with_credentials_on_them_and_futures_in_flight() {
    let base: BaseUrl = "https://api.test/prod".parse().unwrap();
    let server = service_fn(async |request: Request<Body>| {
        hides(&request);
        for name in [
            "x-api-key",
            "x-token",
            "authorization",
            "x-amz-security-token",
        ] {
            assert!(request.headers().contains_key(name), "{name}");
        }
        Ok::<_, BoxError>(http::Response::new(Body::empty()))
    });
    let stack = gatewright::stack(&base)
        .api_key(key())
        .token(token())
        .iam(signer());
    hides(&stack);
    let mut service = stack.build_on(server);
    hides(&service);
    let rest = RestClient::new(service.clone(), base);
    hides(&rest);
    let request = rest
        .request(OPERATION)
        .query("token", &TOKEN)
        .header("x-argument", &TOKEN)
        .body(Body::from(TOKEN));
    hides(&request);
    hides(&request.call::<gatewright::Result<RawResponse>>());
    // The arguments are the caller's to show or not: only what the layers add is looked for below.
    let request = rest.request(OPERATION).into_request().unwrap();
    let in_flight = service.ready().await.unwrap().call(request);
    hides(&(&service, &in_flight));
    in_flight.await.unwrap();

    let mut signing = token().layer(signer().layer(key().layer(service_fn(
        async |_: Request<Body>| Ok::<_, BoxError>(http::Response::new(Body::empty())),
    ))));
    let request = Request::get("https://api.test/")
        .body(Body::empty())
        .unwrap();
    let in_flight = signing.ready().await.unwrap().call(request);
    hides(&in_flight);
    in_flight.await.unwrap();
}

#[tokio::test]
async fn responses_that_hold_secrets() {
    hides(&Body::from(TOKEN));
    hides(&Multipart::new().text("token", TOKEN));
    hides(&File::new("notes.txt", "text/plain", TOKEN));
    let base: BaseUrl = "https://api.test".parse().unwrap();
    let server = service_fn(async |_: Request<Body>| {
        let mut response = http::Response::new(Body::from("7"));
        response
            .headers_mut()
            .insert("set-cookie", HeaderValue::from_static(TOKEN));
        Ok::<_, BoxError>(response)
    });
    let rest = RestClient::new(server, base);
    let request = || {
        let get = Request::get("https://api.test/");
        get.body(Body::empty()).unwrap()
    };
    hides(
        &rest
            .send::<gatewright::Result<Response<u8>>>(request())
            .await
            .unwrap(),
    );
    hides(
        &rest
            .send::<gatewright::Result<RawResponse>>(request())
            .await
            .unwrap(),
    );
}

/// Types that hold no text from outside: names of kinds, numbers, and constants of the code.
fn nothing_to_hide() -> impl std::fmt::Debug {
    (
        Auth::IAM,
        AuthOverride(Auth::NONE),
        Attempt::of(&http::Extensions::new()),
        gatewright::rt::Clock::default(),
        Place::Header("x-token"),
        PayloadHash::of(MARK.as_bytes()),
        (SameUser::default(), OneUserLayer::new().layer(())),
        Whose::Token(Token::new(TOKEN)),
        Verdict::Final,
        Epochs::new(Holder::User).now(),
        gatewright::cache::Clocks::from(std::time::UNIX_EPOCH).corrected(0),
        gatewright::Secret::from(TOKEN),
    )
}

/// Where each public type is shown; a new one has to be put in.
const SEEN: &[&str] = &[
    // Above.
    "ApiKey",
    "ApiKeyLayer",
    "Attempt",
    "Auth",
    "AuthOverride",
    "BaseUrl",
    "BearerToken",
    "BearerTokenLayer",
    "Body",
    "BoxResponseFuture",
    "BoxService",
    "Call",
    "CachedCredentials",
    "CachedToken",
    "Clock",
    "RawResponse",
    "Fetch",
    "File",
    "InjectHeaders",
    "InjectHeadersLayer",
    "InjectMode",
    "Limits",
    "LimitsLayer",
    "Loaded",
    "Multipart",
    "OnConflict",
    "Operation",
    "Origin",
    "PayloadHash",
    "Place",
    "RefreshPolicy",
    "RequestBuilder",
    "RequireAuth",
    "RequireAuthLayer",
    "Response",
    "ResponseFuture",
    "RestClient",
    "Retry",
    "RetryLayer",
    "Scheme",
    "SigV4",
    "SigV4Layer",
    "Stack",
    "Token",
    "Trace",
    "TraceLayer",
    // Above, inside of the layers.
    "ApiKeyCredential",
    "Authorized",
    "BearerCredential",
    "CredentialLayer",
    "OneUser",
    "OneUserLayer",
    "SameUser",
    "SigV4Credential",
    "Location",
    "SigningCredentials",
    "Verdict",
    "Whose",
    // Seen by a credential alone; they show their names, statuses and headers.
    "Attempted",
    "ResponseHead",
    "Signed",
    // Markers without values, and what only the layers see.
    "AnyResponse",
    "Begun",
    "Collect",
    "Copies",
    "Held",
    "HowToRead",
    "HttpResponse",
    "InMemory",
    "Untouched",
    // Of an exchange; limits, and the error of a transport.
    "Failure",
    "Limits",
    // In `calls`.
    "Pooled",
    // Of a transport, above.
    "Builder",
    "Proxy",
    "TransportError",
    "TransportErrorKind",
    // In `errors`.
    "ApiError",
    "AuthorizeError",
    "AuthorizeErrorKind",
    "Error",
    "FormatError",
    "GatewayError",
    "GatewayErrorKind",
    "InvalidBaseUrl",
    "InvalidOrigin",
    "NoError",
    "RequestError",
    "TimedOut",
    "UnexpectedResponse",
    // Of emitted code, which hands it on at once; it shows its name alone.
    "Failure",
    // Of the codec; they have no `Debug`.
    "MembersMut",
    "Others",
    "Slot",
    "Variants",
    // How a value is missing: nothing but constants.
    "Nothing",
    // Of the core: no text of anybody's, or no `Debug`.
    "Age",
    "Claims",
    "Clocks",
    "Elapsed",
    "Epoch",
    "Epochs",
    "Holder",
    "Load",
    "Lost",
    "NoRandomness",
    "NoRuntime",
    "Printable",
    "RefreshingCache",
    "Secret",
    "Stopper",
    "Task",
    // Texts of a response, which are data like any `String` in it.
    "Base64",
    "Date",
    "DateTime",
    "PlainText",
    "Uuid",
    // An integer of a request, which is data like any `i128` in it.
    "Wide",
    // How data is written: nothing but constants.
    "HeaderStyle",
    "PathStyle",
    "QueryStyle",
];

#[test]
fn settings_of_a_transport() {
    use gatewright::transport::{Proxy, builder};

    let proxy = Proxy::new("http://proxy.test").unwrap();
    let proxy = proxy.credentials("user", TOKEN).unwrap();
    let in_url = Proxy::new(&format!("socks5://user:{TOKEN}@proxy.test")).unwrap();
    for proxy in [proxy, in_url] {
        let builder = builder().proxy(proxy.clone());
        let transport = builder.clone().build().unwrap();
        hides(&(proxy, builder, transport));
    }
    let wrong = [
        Proxy::new(&format!("gopher://user:{TOKEN}@proxy.test")).unwrap_err(),
        Proxy::new(&format!("http://user:{TOKEN} @proxy.test")).unwrap_err(),
        builder()
            .client_certificate_pem(TOKEN, TOKEN)
            .build()
            .unwrap_err(),
        builder()
            .client_certificate_der([TOKEN.into()], TOKEN.into())
            .build()
            .unwrap_err(),
    ];
    for error in wrong {
        error_hides(&error);
    }
}

#[test]
fn every_public_type_is_looked_at() {
    hides(&nothing_to_hide());
    let mut missing = Vec::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for name in ["gatewright", "gatewright-core"] {
        collect(&crates.join(name).join("src"), &mut missing);
    }
    missing.retain(|name| !SEEN.contains(&name.as_str()));
    assert!(missing.is_empty(), "show {missing:?} in this test");
}

/// The names of the public types of a folder.
fn collect(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, names);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let types = source.lines().filter_map(|line| {
            let line = line.trim_start().strip_prefix("pub ")?;
            let rest = line
                .strip_prefix("struct ")
                .or_else(|| line.strip_prefix("enum "))?;
            rest.split(|c: char| !c.is_alphanumeric()).next()
        });
        names.extend(types.map(str::to_owned));
    }
}
