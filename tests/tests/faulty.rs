//! A document with faults: what is sound in it is called as ever.

use gatewright::{Body, BoxError, Error};
use gatewright_local::LocalGateway;
use gatewright_tests::quay::Client;
use serde_json::json;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/quay.yaml");

#[tokio::test]
async fn what_is_sound_in_a_faulty_document_is_called_as_ever() -> Result<(), BoxError> {
    let gateway = LocalGateway::from_path(DOCUMENT)?.start().await?;
    let client = Client::connect(gateway.url().parse()?);
    // The first example leads nowhere, the second is taken.
    assert_eq!(client.get_berth("7").await?.name, "Vest");
    client.change_berth("7", Body::text("wider")).await?;
    Ok(())
}

#[tokio::test]
async fn a_head_returns_headers_and_its_errors_have_no_body() -> Result<(), BoxError> {
    let berth = json!({ "name": "Vest" });
    let found = LocalGateway::from_path(DOCUMENT)?
        .respond("hasBerth", 200, &[("etag", "\"7\"")], berth)
        .start()
        .await?;
    let client = Client::connect(found.url().parse()?);
    let response = client.has_berth("7").await?;
    assert_eq!(response.headers()["etag"], "\"7\"");

    let fault = json!({ "reason": "sunk" });
    let missing = LocalGateway::from_path(DOCUMENT)?
        .respond("hasBerth", 404, &[], fault)
        .start()
        .await?;
    let client = Client::connect(missing.url().parse()?);
    match client.has_berth("7").await {
        Err(Error::Unexpected(error)) => assert_eq!(error.status(), 404),
        other => panic!("{other:?}"),
    }
    Ok(())
}

/// The build script warned of these.
#[test]
fn what_is_left_out_is_reported_with_its_place() -> Result<(), BoxError> {
    let document = std::fs::read(DOCUMENT)?;
    let generated = gatewright_build::configure().generate_from_slice("quay.yaml", &document)?;
    assert_eq!(generated.operations, 3);
    let report = generated.report().to_string();
    for place in [
        "#/paths/~1berths#free",
        "#/paths/~1berths~1{berthId}/post/parameters/0",
        "#/paths/~1berths~1{berthId}/get/responses/200/headers/X-Depth",
        "#/paths/~1berths~1{berthId}/get/responses/404",
        "#/paths/~1berths~1{berthId}/put/requestBody",
    ] {
        assert!(report.contains(place), "{place}: {report}");
    }
    Ok(())
}
