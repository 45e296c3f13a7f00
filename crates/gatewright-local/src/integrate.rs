//! What is behind the gateway: services of the user's.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use tower_service::Service;

/// The most bytes of a response's body that API Gateway passes on, as of a request.
const MOST_BODY: usize = crate::gateway::MOST_BODY;

type Called = Pin<Box<dyn Future<Output = Result<Response<Bytes>, String>> + Send>>;

/// A service of the user's, whatever its types are.
#[derive(Clone)]
pub(crate) struct Integration(Arc<dyn Fn(Request<Full<Bytes>>) -> Called + Send + Sync>);

impl Integration {
    pub(crate) fn new<S, B>(service: S) -> Self
    where
        S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
        S::Error: fmt::Display,
        S::Future: Send,
        B: Body + Send,
        B::Data: Send,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        // Not all services can be shared between threads; a lock that is held for a clone can.
        let service = Mutex::new(service);
        Self(Arc::new(move |request| {
            let mut service = service
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            Box::pin(async move {
                let ready = poll_fn(|cx| service.poll_ready(cx)).await;
                ready.map_err(|error| error.to_string())?;
                let response = service.call(request).await;
                collected(response.map_err(|error| error.to_string())?).await
            })
        }))
    }

    /// The response of the service.
    ///
    /// # Errors
    ///
    /// Why there is none, for the log.
    pub(crate) async fn call(
        &self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Bytes>, String> {
        (self.0)(request).await
    }
}

async fn collected<B>(response: Response<B>) -> Result<Response<Bytes>, String>
where
    B: Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, MOST_BODY).collect().await;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => format!("its response has more than {MOST_BODY} bytes"),
        None => format!("its response broke off: {error}"),
    })?;
    Ok(Response::from_parts(parts, body.to_bytes()))
}

impl fmt::Debug for Integration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Integration").finish_non_exhaustive()
    }
}
