//! tonic below the signer.

use aws_credential_types::Credentials;
use bytes::{Buf, BufMut, Bytes};
use neighbours::tonic::signed;
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Endpoint;
use tonic::{Code, Request, Status};

use crate::credentials;
use crate::server::serve;

/// Messages as they are, in place of generated ones.
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Raw;
    type Decoder = Raw;

    fn encoder(&mut self) -> Raw {
        Raw
    }

    fn decoder(&mut self) -> Raw {
        Raw
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, message: Bytes, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put(message);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// A unary call, as a generated client makes it.
async fn echo(message: &'static str, credentials: Credentials) -> Result<Bytes, Status> {
    let origin = format!("http://{}", serve().await);
    let channel = Endpoint::from_shared(origin.clone())
        .unwrap()
        .connect_lazy();
    let service = signed(channel, credentials);
    let mut client = Grpc::with_origin(service, origin.parse().unwrap());
    client
        .ready()
        .await
        .map_err(|error| Status::unknown(error.into().to_string()))?;
    let path = "/bookshop.Books/Echo".parse().unwrap();
    let request = Request::new(Bytes::from_static(message.as_bytes()));
    let response = client.unary(request, path, Raw).await?;
    Ok(response.into_inner())
}

#[tokio::test]
async fn a_unary_call_arrives_with_a_signature_over_its_message() {
    assert_eq!(echo("Gitanjali", credentials()).await.unwrap(), "Gitanjali");
}

#[tokio::test]
async fn a_call_that_is_signed_by_somebody_else_is_refused() {
    let stranger = Credentials::new("AKIDSTRANGER", "another-secret", None, None, "test");
    let refused = echo("Gitanjali", stranger).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unauthenticated);
}
