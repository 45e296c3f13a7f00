//! Files.

use std::fmt;

use bytes::Bytes;

/// A file that is a part of a form. `Debug` shows its name, type and size, not its content.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) content: Bytes,
}

impl File {
    /// A file: its name, its media type and its bytes.
    pub fn new(
        name: impl Into<String>,
        content_type: impl Into<String>,
        content: impl Into<Bytes>,
    ) -> Self {
        Self {
            name: name.into(),
            content_type: content_type.into(),
            content: content.into(),
        }
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_shown_without_its_content() {
        let shown = format!("{:?}", File::new("a.txt", "text/plain", "hunter2"));
        assert!(shown.contains("a.txt") && !shown.contains("hunter2"));
    }
}
