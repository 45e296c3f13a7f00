//! A server on loopback that reads requests and gives the same response to each.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use crate::dates;

/// The headers that API Gateway adds to each response, beside those of the body.
pub(crate) const GATEWAY: &str = "connection: keep-alive\r\nx-amzn-requestid: 3f1e0b1c-6f0a-4b0e-9d6f-2a7c5d1e8b90\r\n\
    x-amz-apigw-id: AbCdEfGhIjKlMnO=\r\nx-amzn-trace-id: Root=1-674ba2c1-0123456789abcdef01234567\r\n";

/// Starts it in a thread of its own. The requests have bodies of the length `body`; each response has these
/// `headers`, lines with their ends, and this body.
pub(crate) fn start(
    body: usize,
    headers: &'static str,
    json: &'static str,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // The client has gone.
            let _ = serve(connection, body, headers, json);
        }
    });
    Ok(address)
}

fn serve(mut connection: TcpStream, body: usize, headers: &str, json: &str) -> io::Result<()> {
    let date = dates::http(dates::now());
    let answer = format!(
        "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{json}",
        json.len()
    );
    let mut received = Vec::with_capacity(16 * 1024);
    let mut piece = [0; 8 * 1024];
    loop {
        let length = connection.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        received.extend_from_slice(&piece[..length]);
        let head = received.windows(4).position(|window| window == b"\r\n\r\n");
        if head.is_some_and(|head| received.len() >= head + 4 + body) {
            received.clear();
            connection.write_all(answer.as_bytes())?;
        }
    }
}
