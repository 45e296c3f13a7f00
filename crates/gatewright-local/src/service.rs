//! [`Gateway`] as a tower service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::{Request, Response};
use http_body::Body;
use http_body_util::{BodyExt, Full};
use tower_service::Service;

use crate::gateway::{Gateway, MOST_BODY};

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
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, collect(body).await?);
            Ok(gateway.handle(request, gateway.now()).map(Full::new))
        })
    }
}

/// The body, or a little more of it than the gateway takes.
async fn collect<B: Body>(body: B) -> Result<Bytes, B::Error> {
    let mut body = std::pin::pin!(body);
    let mut collected = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(mut data) = frame?.into_data() else {
            continue;
        };
        while data.has_remaining() {
            let chunk = data.chunk();
            collected.extend_from_slice(chunk);
            let read = chunk.len();
            data.advance(read);
        }
        if collected.len() > MOST_BODY {
            break;
        }
    }
    Ok(Bytes::from(collected))
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
}
