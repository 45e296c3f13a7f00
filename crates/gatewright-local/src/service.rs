//! [`Gateway`] as a tower service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::SystemTime;

use bytes::{Buf, Bytes};
use http::{Request, Response};
use http_body::Body;
use http_body_util::{BodyExt, Full};
use tower_service::Service;

use crate::gateway::{Gateway, Later, MOST_BODY, Next, Seen, TooLarge};
use crate::gateway_error::GatewayError;
use crate::refusal::Refusal;

/// Takes any body; fails only if that body does. The time is that of the gateway's clock when the body has arrived.
impl<B> Service<Request<B>> for Gateway
where
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Send,
{
    type Response = Response<Full<Bytes>>;
    type Error = B::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let gateway = self.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let waits = parts.headers.contains_key(http::header::EXPECT);
            let body = collect(body, waits).await?;
            if body.is_none() {
                parts.extensions.insert(TooLarge);
            }
            let request = Request::from_parts(parts, body.unwrap_or_default());
            Ok(gateway.serve(request, gateway.now()).await.map(Full::new))
        })
    }
}

impl Gateway {
    /// As [`handle`](Gateway::handle), where there is time to wait for a service and for a delay.
    async fn serve(&self, request: Request<Bytes>, now: SystemTime) -> Response<Bytes> {
        if let Some(response) = self.well_known(&request) {
            return response;
        }
        let visit = self.visit(request, now);
        let mut seen = Seen::default();
        let outcome = match self.next(&visit, &mut seen) {
            Next::Now(outcome) => outcome,
            Next::Later(delay, later) => {
                if !delay.is_zero() {
                    tokio::time::sleep(delay).await;
                }
                response_of(later).await
            }
        };
        self.finish(visit, seen, &outcome)
    }
}

async fn response_of(later: Later) -> Result<Response<Bytes>, Refusal> {
    let (integration, request) = match later {
        Later::Response(response) => return Ok(response),
        Later::Own(integration, request) => (integration, request),
    };
    integration.call(*request).await.map_err(|why| {
        let reason = format!("the service behind the operation: {why}");
        Refusal::because(GatewayError::IntegrationFailure, reason)
    })
}

/// How much of a body that is too large is read and thrown away. A client that is cut off while it sends sees no response; one that
/// has more than this to send, or waits before it sends, gets its response at once.
const MOST_DRAINED: usize = 64 << 20;

/// The body; `None` if it has more bytes than the gateway takes. `waits` is whether the client waits for a `100 Continue`.
async fn collect<B: Body>(body: B, waits: bool) -> Result<Option<Bytes>, B::Error> {
    let least = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if least > MOST_DRAINED || (waits && least > MOST_BODY) {
        return Ok(None);
    }
    let mut body = std::pin::pin!(body);
    let (mut collected, mut read) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(mut data) = frame?.into_data() else {
            continue;
        };
        read += data.remaining();
        while data.has_remaining() {
            let chunk = data.chunk();
            if read <= MOST_BODY {
                collected.extend_from_slice(chunk);
            }
            let length = chunk.len();
            data.advance(length);
        }
        if read > MOST_DRAINED {
            break;
        }
    }
    Ok((read <= MOST_BODY).then(|| Bytes::from(collected)))
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use tower::ServiceExt;

    use crate::LocalGateway;
    use crate::fixtures::document;

    use super::*;

    async fn post(bytes: usize) -> Response<Full<Bytes>> {
        let document = document(gatewright_document::ApiKind::Rest, &[("post", "/pets")]);
        let gateway = LocalGateway::builder(document).build().unwrap();
        let body = Full::new(Bytes::from(vec![b' '; bytes]));
        gateway
            .oneshot(Request::post("http://localhost/pets").body(body).unwrap())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_body_of_ten_mebibytes_is_the_largest() {
        assert_eq!(post(10_485_760).await.status(), StatusCode::OK);
        let response = post(10_485_761).await;
        assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(response.headers()["content-type"], "text; charset=utf-8");
        assert!(!response.headers().contains_key("x-amzn-requestid"));
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, "HTTP content length exceeded 10485760 bytes.");
    }

    /// A body that says how much it has and never sends any of it.
    struct Promise(u64);

    impl Body for Promise {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            Poll::Pending
        }

        fn size_hint(&self) -> http_body::SizeHint {
            http_body::SizeHint::with_exact(self.0)
        }
    }

    #[tokio::test]
    async fn a_client_with_far_too_much_to_send_has_its_response_at_once() {
        let document = document(gatewright_document::ApiKind::Rest, &[("post", "/pets")]);
        let gateway = LocalGateway::builder(document).build().unwrap();
        for (bytes, waits) in [(99_999_999_999, false), (11 << 20, true)] {
            let mut request = Request::post("http://localhost/pets");
            if waits {
                request = request.header("expect", "100-continue");
            }
            let request = request.body(Promise(bytes)).unwrap();
            let response = gateway.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
        }
        assert!(gateway.requests()[0].body.is_empty());
    }
}
