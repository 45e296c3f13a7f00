//! A request in the hands of the layer: before it is sent, and what is kept of it afterwards.

use http::Request;
use http::request::Parts;

use super::body::ReadBody;
use super::body::sealed::Sealed;
use super::definition::Credential;
use crate::copy::HeadCopy;
use crate::one_call::SameUser;

/// A request between its arrival and its credential.
pub(super) struct Draft<C: Credential, B>
where
    C::Body: ReadBody<B>,
{
    pub(super) parts: Parts,
    pub(super) body: <C::Body as Sealed<B>>::Held,
}

/// The request that is sent.
#[inline]
pub(super) fn into_request<C, B>(parts: Parts, body: <C::Body as Sealed<B>>::Held) -> Request<B>
where
    C: Credential,
    C::Body: ReadBody<B>,
{
    // First, so that the head is moved into the request only.
    let body = C::Body::into_body(body);
    Request::from_parts(parts, body)
}

/// The copy of a request, if it is sent again after its credential was refused.
pub(super) enum Copy<H> {
    /// It cannot be sent twice, or this is the second attempt.
    None,
    /// A layer outside has one and sends it, so that a call is copied once.
    Kept(SameUser),
    Own(HeadCopy, H),
}

/// Who sends a request again.
pub(super) enum Sender<H> {
    /// This layer, with this body.
    Here(H),
    /// A layer outside, which is asked through the record of the call.
    Outside(SameUser),
}
