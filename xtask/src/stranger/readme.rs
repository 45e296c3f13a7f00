//! What the README has a newcomer write and run.

use std::error::Error;
use std::fs;
use std::path::Path;

const FILES: [&str; 3] = ["Cargo.toml", "build.rs", "src/main.rs"];
const SERVER: &str = "cargo run -p gatewright-local --example serve -- ";

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Readme {
    pub(super) files: Vec<File>,
    /// The arguments of cargo that serve the API.
    pub(super) server: Vec<String>,
}

/// A file of the newcomer's crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: &'static str,
    pub(super) content: String,
}

impl Readme {
    pub(super) fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(root.join("README.md"))?;
        Ok(Self::parse(&text)?)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut files = Vec::new();
        for name in FILES {
            let content = block(text, name)?;
            files.push(File { name, content });
        }
        Ok(Self {
            files,
            server: server(text)?,
        })
    }
}

/// The code under the paragraph that begins with the file's name.
fn block(text: &str, name: &str) -> Result<String, String> {
    let caption = format!("`{name}`");
    let lines = text.lines().skip_while(|line| !line.starts_with(&caption));
    let mut lines = lines
        .skip_while(|line| !line.is_empty())
        .skip_while(|line| line.is_empty());
    if !lines.next().is_some_and(|line| line.starts_with("```")) {
        return Err(format!(
            "README.md: no code follows a paragraph that begins with {caption}"
        ));
    }
    let code = lines.take_while(|line| *line != "```");
    Ok(code.map(|line| format!("{line}\n")).collect())
}

fn server(text: &str) -> Result<Vec<String>, String> {
    let line = text.lines().find(|line| line.starts_with(SERVER));
    let line = line.ok_or_else(|| format!("README.md: no line begins with `{SERVER}`"))?;
    Ok(line.split_whitespace().skip(1).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# Title

See `build.rs`.

`Cargo.toml`:

```toml
[dependencies]

a = \"1\"
```

`build.rs` (a caption
of two lines):

```rust,no_run
fn main() {}
```

`src/main.rs`:

```rust
fn main() { run() }
```

```sh
cargo run -p gatewright-local --example serve -- shop.json --api-key k
```
";

    #[test]
    fn files_are_found_by_their_captions() {
        let readme = Readme::parse(TEXT).unwrap();
        let files: Vec<_> = readme
            .files
            .iter()
            .map(|file| (file.name, file.content.as_str()))
            .collect();
        assert_eq!(
            files,
            [
                ("Cargo.toml", "[dependencies]\n\na = \"1\"\n"),
                ("build.rs", "fn main() {}\n"),
                ("src/main.rs", "fn main() { run() }\n"),
            ]
        );
        assert_eq!(readme.server[..2], ["run", "-p"]);
        assert_eq!(readme.server[5..], ["--", "shop.json", "--api-key", "k"]);
    }

    #[test]
    fn a_readme_that_lacks_a_part_is_an_error_that_names_it() {
        let without = |part| Readme::parse(&TEXT.replace(part, "")).unwrap_err();
        assert!(without("`Cargo.toml`:").ends_with("begins with `Cargo.toml`"));
        assert!(without("`src/main.rs`:\n\n").ends_with("begins with `src/main.rs`"));
        assert!(without("```rust,no_run\nfn main() {}\n```\n").ends_with("begins with `build.rs`"));
        assert!(without("--example serve").contains("no line begins with"));
    }

    #[test]
    fn our_readme_has_every_part() {
        let readme = Readme::read(crate::root()).unwrap();
        assert!(readme.files.iter().all(|file| !file.content.is_empty()));
    }
}
