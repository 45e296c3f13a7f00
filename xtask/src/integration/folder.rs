//! The folder of one run: logs, the clock, and what the peers keep.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::Result;

/// As many lines of a log as somebody reads.
const SHOWN_LINES: usize = 40;

/// Below `target/integration`; deleted with this value.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(super) fn create(root: &Path) -> Result<Self> {
        let name = std::process::id().to_string();
        let path = root.join("target/integration").join(name);
        fs::create_dir_all(path.join("tmp"))?;
        Ok(Self { path })
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Where the peers put their temporary files.
    pub(super) fn temporary(&self) -> PathBuf {
        self.file("tmp")
    }

    pub(super) fn log(&self, peer: &str) -> Result<File> {
        Ok(File::create(self.file(&format!("{peer}.log")))?)
    }

    /// Prints the end of each log.
    pub(super) fn show_logs(&self) {
        let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
        let files = entries.map(|entry| entry.path());
        for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "log")) {
            let text = fs::read(&file).unwrap_or_default();
            eprintln!("==> {}", file.display());
            eprintln!("{}", end(&String::from_utf8_lossy(&text)));
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays below `target` does no harm.
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn end(text: &str) -> &str {
    let mut starts = text.trim_end().rmatch_indices('\n');
    starts
        .nth(SHOWN_LINES - 1)
        .map_or(text, |(start, _)| &text[start + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_its_last_lines() {
        let lines: Vec<String> = (1..=100).map(|line| line.to_string()).collect();
        assert_eq!(end("1\n2\n"), "1\n2\n");
        assert_eq!(
            end(&(lines.join("\n") + "\n")),
            lines[60..].join("\n") + "\n"
        );
    }
}
