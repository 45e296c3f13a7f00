//! A connection to a server, or to the proxy in front of it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::client::legacy::connect::{Connected, Connection};

/// A connection that knows whether a proxy reads its requests.
pub(super) struct Link<T> {
    /// TLS here is that of a proxy.
    stream: MaybeHttpsStream<T>,
    is_read_by_proxy: bool,
}

impl<T> Link<T> {
    /// What is written arrives at the server: directly, or through a tunnel.
    pub(super) fn to_server(stream: MaybeHttpsStream<T>) -> Self {
        Self {
            stream,
            is_read_by_proxy: false,
        }
    }

    /// A proxy reads each request, and so needs its whole URI (RFC 9112, section 3.2.2).
    pub(super) fn to_proxy(stream: MaybeHttpsStream<T>) -> Self {
        Self {
            stream,
            is_read_by_proxy: true,
        }
    }
}

impl<T> Connection for Link<T>
where
    MaybeHttpsStream<T>: Connection,
{
    fn connected(&self) -> Connected {
        self.stream.connected().proxy(self.is_read_by_proxy)
    }
}

impl<T: Read + Write + Unpin> Read for Link<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<T: Read + Write + Unpin> Write for Link<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, parts)
    }
}
