//! The fuzz targets share their code with the tests of the crate, which run a few seconds of it.

#[path = "../../tests/fuzzing/document/mod.rs"]
mod document;
#[path = "../../tests/fuzzing/property/mod.rs"]
mod property;
#[path = "../../tests/fuzzing/targets.rs"]
mod targets;

/// Generates clients of the bytes as they are, as JSON and as YAML.
pub fn bytes(data: &[u8]) {
    targets::bytes(data);
}

/// Generates a client of a document that is made of the bytes.
pub fn document(data: &[u8]) {
    targets::document(data);
}
