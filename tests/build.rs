//! Generates a client of every fixture, and the one that the README shows.

use std::path::Path;

use gatewright_build::{AuthMode, configure};

#[path = "build/hostile.rs"]
mod hostile;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = "fixtures/amplifyconfiguration.json";
    configure()
        .config(config)
        .api("menagerie")
        .compile("fixtures/menagerie.json")?;
    configure().compile("fixtures/gate.json")?;
    configure().compile("fixtures/parcels.yaml")?;
    configure().compile("fixtures/zoo.json")?;
    configure()
        .default_auth(AuthMode::None)
        .compile("fixtures/coordinates.yaml")?;
    configure().compile("fixtures/lodge.yaml")?;
    configure().compile("fixtures/kiosk.yaml")?;
    configure().compile("fixtures/depot.yaml")?;
    configure()
        .default_auth(AuthMode::None)
        .compile("fixtures/meter.yaml")?;
    configure().compile("fixtures/parrots.yaml")?;
    configure()
        .name("feed")
        .compile("fixtures/feed-http-api.json")?;
    configure().compile("fixtures/moorings.json")?;
    configure().compile("fixtures/quay.yaml")?;
    for api in ["BirdsApi", "KeepersApi"] {
        configure().resource(api).compile("fixtures/aviary.yaml")?;
    }
    for api in ["BerthsApi", "TidesApi"] {
        configure().resource(api).compile("fixtures/harbour.json")?;
    }
    configure()
        .root("fixtures/vineyard")
        .client_trait()
        .compile("fixtures/vineyard/api/vineyard.yaml")?;
    configure().compile("../examples/quickstart/bookshop.json")?;
    configure()
        .name("odd_names")
        .compile("fixtures/odd-names.json")?;
    hostile_client()
}

/// The document is made here, to be read by a person as what it is.
fn hostile_client() -> Result<(), Box<dyn std::error::Error>> {
    let file = Path::new(&std::env::var("OUT_DIR")?).join("hostile.json");
    std::fs::write(&file, hostile::document().to_string())?;
    configure().compile(&file)?;
    Ok(())
}
