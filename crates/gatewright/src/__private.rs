//! Every name that generated code uses, on one screen. Not part of the public interface.

pub use std::boxed::Box;
pub use std::collections::BTreeMap;
pub use std::convert::From;
pub use std::fmt;
pub use std::format_args;
pub use std::future::Future;
pub use std::marker::{Send, Sync};
pub use std::matches;
pub use std::ops::FnMut;
pub use std::option::Option::{self, None, Some};
pub use std::result::Result::{self, Err, Ok};
pub use std::string::String;
pub use std::sync::Arc;
pub use std::vec::Vec;

pub use http::{HeaderName, Method, Request, Response as HttpResponse, StatusCode};
pub use serde;
pub use serde_json::Value;

pub use crate::client::{
    BaseUrl, FromResponse, HeaderStyle, IntoBody, InvalidBaseUrl, ParamValue, ParamValues,
    PathStyle, PlainText, QueryStyle, RawResponse, Response, RestClient, from_json,
};
pub use crate::layers::ApiKeyLayer;
#[cfg(feature = "bearer")]
pub use crate::layers::BearerTokenLayer;
#[cfg(feature = "sigv4")]
pub use crate::layers::{SigV4Layer, sigv4::ProvideCredentials};
pub use crate::stack::stack;
pub use crate::token::ProvideToken;

pub use crate::format;

pub use crate::error::{ErrorBody, UnexpectedResponse, decode_error};
pub use crate::json::{
    FromJson, Integer, MembersMut, Nothing, Object, ObjectMut, Others, Sink, Slot, Text, ToJson,
    Union, Variants, Wide, deserialize, serialize,
};
pub use crate::multipart::File;
pub use crate::{
    __integer_enum as integer_enum, __json_object as json_object, __json_union as json_union,
    __reexport as reexport, __string_enum as string_enum,
};
pub use crate::{
    Auth, Body, BoxService, Error, HttpService, Multipart, NoError, Operation, Place, RequestError,
    Scheme,
};

/// The future of a trait that can be a `dyn`.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The body of a method that a double of a client does not write.
///
/// # Panics
///
/// Always: a test that calls it has not said what it returns.
#[allow(
    clippy::panic,
    reason = "there is no value to return, and the default body is for tests"
)]
#[track_caller]
pub fn unwritten<T>(method: &str) -> T {
    panic!("this `ClientApi` does not write `{method}`, and it was called")
}

/// What the method of a trait's client returns.
pub use crate::Call as AnyCall;

/// What the method of an operation returns.
pub type Call<S, T, E = NoError> = crate::Call<S, Result<T, Error<E>>>;

/// Brings the items of a generated module out of it. The lints of a program say nothing about what a macro of another crate writes.
#[doc(hidden)]
#[macro_export]
macro_rules! __reexport {
    ($module:ident) => {
        pub use $module::*;
    };
}
