//! Generates a client of every fixture, and the one that the README shows.

use gatewright_build::{AuthMode, Error, configure};

fn main() -> Result<(), Error> {
    let config = "fixtures/amplifyconfiguration.json";
    configure()
        .config(config)
        .api("menagerie")
        .compile("fixtures/menagerie.json")?;
    configure().compile("fixtures/gate.json")?;
    configure().compile("fixtures/zoo.json")?;
    configure()
        .default_auth(AuthMode::None)
        .compile("fixtures/coordinates.yaml")?;
    configure()
        .name("feed")
        .compile("fixtures/feed-http-api.json")?;
    configure().compile("../examples/quickstart/bookshop.json")?;
    configure()
        .name("odd_names")
        .compile("fixtures/odd-names.json")
}
