//! The README's local API Gateway.

use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};

/// Runs until it is dropped.
pub(super) struct Server {
    process: Child,
    /// Kept open, so that the server can go on printing.
    output: BufReader<ChildStdout>,
    url: String,
}

impl Server {
    /// Runs cargo with `arguments` and reads the URL that the server prints first.
    pub(super) fn start(root: &Path, arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let mut process = crate::cargo()
            .args(arguments)
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("the server has no output")?;
        let output = BufReader::new(output);
        let mut server = Self {
            process,
            output,
            url: String::new(),
        };
        server.output.read_line(&mut server.url)?;
        if server.url().starts_with("http://") {
            return Ok(server);
        }
        Err(format!("the server did not print its URL, but `{}`", server.url()).into())
    }

    pub(super) fn url(&self) -> &str {
        self.url.trim_end()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if it has stopped already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
