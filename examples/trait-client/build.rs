//! Holds the trait against the export of the API, so that neither is changed without the other.

fn main() -> Result<(), gatewright_build::Error> {
    gatewright_build::configure().verify_trait("src/library.rs", "Library", "library.json")
}
