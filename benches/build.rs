//! Generates our client of `pets.json`. Progenitor's is checked in, see `src/callers/progenitor.rs`.

fn main() -> Result<(), gatewright_build::Error> {
    gatewright_build::configure().compile("pets.json")
}
