//! A client in a crate that calls gatewright by another name.

fn main() -> Result<(), gatewright_build::Error> {
    gatewright_build::configure()
        .crate_path("::gw")
        .without_connect()
        .compile("../fixtures/meter.yaml")
}
