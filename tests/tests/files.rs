//! The whole chain from a document in several files: its client calls the local gateway of the same files.

use gatewright::layers::ApiKeyLayer;
use gatewright::{BoxError, Error};
use gatewright_build::configure;
use gatewright_document::ReadOptions;
use gatewright_local::LocalGateway;
use gatewright_tests::vineyard::types::{Event, Grape, GrapeName, Wine};
use gatewright_tests::vineyard::{Client, Credentials, ListWinesParams};

type TestResult = Result<(), BoxError>;

const KEY: &str = "a-key-of-the-vineyard-test";

fn path(file: &str) -> String {
    format!("{}/fixtures/vineyard/{file}", env!("CARGO_MANIFEST_DIR"))
}

#[tokio::test]
async fn a_client_of_a_document_in_files_calls_the_gateway_of_the_same_files() -> TestResult {
    let options = ReadOptions::new().root(path(""));
    let gateway = LocalGateway::from_path_with(path("api/vineyard.yaml"), &options)?;
    let gateway = gateway.api_key(KEY).start().await?;
    let connect = |key| -> Result<Client, BoxError> {
        let api_key = ApiKeyLayer::new(key)?;
        Ok(Client::connect(
            gateway.url().parse()?,
            Credentials { api_key },
        ))
    };
    let client = connect(KEY)?;

    // The types go through the files in a circle.
    let syrah = Grape {
        name: GrapeName::Syrah,
        best: None,
    };
    let blend = Wine {
        id: 7,
        grapes: vec![syrah],
        blend_of: None,
    };
    let grape = Grape {
        name: GrapeName::Riesling,
        best: Some(blend.clone()),
    };
    let wine = Wine {
        id: 8,
        grapes: vec![grape],
        blend_of: Some(vec![blend]),
    };
    client.add_wine(&wine).await?;

    let params = ListWinesParams {
        grape: Some(GrapeName::Syrah),
    };
    client.list_wines(params).await?;
    assert_eq!(
        gateway
            .requests()
            .last()
            .map(|request| request.uri.to_string()),
        Some("/wines?grape=syrah".to_owned())
    );

    let events = client.events(8).await?;
    assert!(
        events
            .iter()
            .all(|event| matches!(event, Event::Bottled(_) | Event::Sold(_))),
        "{events:?}"
    );

    let refused = connect("a-wrong-key")?.events(8).await;
    assert!(matches!(refused, Err(Error::Gateway(_))), "{refused:?}");
    Ok(())
}

#[test]
fn a_file_above_the_folder_of_the_document_needs_a_root() {
    let error = configure().generate(path("api/vineyard.yaml"));
    let error = error.expect_err("a refusal").to_string();
    let place = "api/vineyard.yaml#/components/securitySchemes: `../schemas/shared.yaml#/schemes` leads to a file that is not read: it lies outside";
    assert!(error.contains(place), "{error}");
    assert!(error.contains("`root` names a folder"), "{error}");
}

#[test]
fn a_type_that_two_files_refer_to_is_one_type() -> TestResult {
    let generated = configure()
        .root(path(""))
        .generate(path("api/vineyard.yaml"))?;
    let types = generated.code.lines().map(str::trim);
    let types = types.filter(|line| {
        line.starts_with("pub struct ")
            || line.starts_with("pub enum ")
            || line.starts_with("pub type ")
    });
    let types: Vec<_> = types
        .filter_map(|line| line.split([' ', '<']).nth(2))
        .collect();
    assert_eq!(
        types,
        [
            "Client",
            "Credentials",
            "ListWinesParams",
            "Bottled",
            "Event",
            "Fault",
            "Grape",
            "GrapeName",
            "Sold",
            "Wine"
        ]
    );
    assert_eq!(generated.notes.len(), 0, "{:?}", generated.notes);
    Ok(())
}
