//! Questions to the user at the terminal, or to a script that writes one response on each line.

use std::io::{self, IsTerminal, Write};

use gatewright_cognito::Secret;

pub(crate) struct Terminal {
    is_interactive: bool,
}

impl Terminal {
    pub(crate) fn new() -> Self {
        Self {
            is_interactive: io::stdin().is_terminal(),
        }
    }

    /// Questions go to the standard error, so that the standard output is what the program found out.
    pub(crate) fn ask(&self, question: &str) -> io::Result<String> {
        let end = if self.is_interactive { ' ' } else { '\n' };
        eprint!("{question}:{end}");
        io::stderr().flush()?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// The terminal does not show the response while the user types it.
    pub(crate) fn ask_hidden(&self, question: &str) -> io::Result<Secret> {
        if self.is_interactive {
            rpassword::prompt_password(format!("{question}: ")).map(Secret::from)
        } else {
            self.ask(question).map(Secret::from)
        }
    }
}
