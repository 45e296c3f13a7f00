//! The process that `request` runs under callgrind: so many requests, one after the other, on one thread.

use bytes::Bytes;
use gatewright::BoxError;
use gatewright::layers::SigV4Layer;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tower::{Layer, Service, ServiceExt};

use crate::floor::Floor;
use crate::{Outcome, runtime, sample, server};

pub(crate) const ARGUMENT: &str = "request-client";
const BODY: usize = 256;

type Sent = Request<Full<Bytes>>;

pub(crate) fn run(variant: &str, requests: &str) -> Outcome {
    let requests = requests.parse()?;
    let address = server::start(BODY, "", "{}")?;
    let template = sample::request(&format!("http://{address}"), Bytes::from(vec![b'x'; BODY]));
    let client = || Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    // As for an `https` target, which is not looked at any further.
    let signer = SigV4Layer::new(sample::REGION, sample::credentials()).allow_insecure();
    let runtime = runtime()?;
    match variant {
        "bare" => runtime.block_on(send(client(), &template, requests)),
        "floor" => {
            let floor = Floor::new();
            let mut client = client();
            let service = tower::service_fn(move |mut request: Sent| {
                floor.sign(&mut request, &[b'x'; BODY]);
                client.call(request)
            });
            runtime.block_on(send(service, &template, requests))
        }
        "signed" => runtime.block_on(send(signer.layer(client()), &template, requests)),
        _ => Err(format!("no variant `{variant}`").into()),
    }
}

async fn send<S, B>(mut service: S, template: &Sent, requests: u32) -> Outcome
where
    S: Service<Sent, Response = Response<B>, Error: Into<BoxError>>,
    B: http_body::Body<Error: Into<BoxError>>,
{
    for _ in 0..requests {
        let service = service.ready().await.map_err(Into::into)?;
        let answer = service.call(template.clone()).await.map_err(Into::into)?;
        let is_answer = answer.status().is_success();
        answer.into_body().collect().await.map_err(Into::into)?;
        assert!(is_answer);
    }
    Ok(())
}
