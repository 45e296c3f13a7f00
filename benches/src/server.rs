//! A server on loopback that reads requests and gives the same answer to each.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use crate::dates;

/// Starts it in a thread of its own. The requests have bodies of this length.
pub(crate) fn start(body: usize) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // The client has gone.
            let _ = serve(connection, body);
        }
    });
    Ok(address)
}

fn serve(mut connection: TcpStream, body: usize) -> io::Result<()> {
    let date = dates::http(dates::now());
    let answer = format!(
        "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
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
