//! Generates `bookshop` from the export and the configuration beside it.

fn main() -> Result<(), gatewright_build::Error> {
    gatewright_build::configure()
        .config("amplifyconfiguration.json")
        .compile("bookshop.json")
}
