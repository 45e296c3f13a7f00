//! Whole documents in the forms in which they come.

use gatewright_document::{
    ApiKind, Authorizer, Document, IntegrationKind, JwtIssuer, JwtRules, Kind, Location, Method,
    Operation, Place, Status,
};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

fn read(name: &str) -> Document {
    let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    Document::from_slice(name, &std::fs::read(path).expect("fixture")).expect("readable")
}

fn operation<'d>(document: &'d Document, method: Method, path: &str) -> &'d Operation {
    let found = document
        .operations
        .iter()
        .find(|operation| operation.method == method && operation.path == path);
    found.unwrap_or_else(|| panic!("{} {path} is missing", method.as_str()))
}

fn kinds(operation: &Operation) -> Vec<Kind> {
    operation
        .security
        .all_of
        .iter()
        .map(|demand| demand.kind.clone())
        .collect()
}

fn token(places: Vec<Place>, authorizer: Authorizer) -> Kind {
    // The type is not exhaustive for other crates, its variant is.
    Kind::Token { places, authorizer }
}

#[test]
fn a_console_export_needs_no_repair() {
    let document = read("console-rest.json");
    assert_eq!(
        (document.kind, document.title.as_str()),
        (ApiKind::Rest, "Lighthouse")
    );
    assert_eq!(document.version, "2021-03-09T08:12:45Z");
    let endpoint = "https://k3r9qmz1ab.execute-api.eu-central-1.amazonaws.com/live";
    assert_eq!(document.endpoint.as_deref(), Some(endpoint));
    assert_eq!(
        document.binary_media_types,
        ["image/png", "application/octet-stream"]
    );
    assert_eq!(document.operations.len(), 3);
    assert!(
        document
            .operations
            .iter()
            .all(|operation| operation.id.is_none() && !operation.security.explicit)
    );
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}

#[test]
fn a_console_export_keeps_mocks_and_greedy_paths() {
    let document = read("console-rest.json");
    let mock = operation(&document, Method::Options, "/beacons")
        .integration
        .as_ref()
        .unwrap();
    assert_eq!(mock.kind, IntegrationKind::Mock);
    assert_eq!(
        mock.responses["default"].headers["Access-Control-Allow-Methods"],
        "GET,OPTIONS"
    );
    let any = operation(&document, Method::Any, "/{proxy+}");
    assert_eq!(
        any.pointer.to_string(),
        "#/paths/~1{proxy+}/x-amazon-apigateway-any-method"
    );
    assert_eq!(
        (any.parameters[0].name.as_str(), any.parameters[0].greedy),
        ("proxy", true)
    );
    let get = operation(&document, Method::Get, "/beacons");
    assert_eq!(
        (get.parameters[0].location, get.parameters[0].required),
        (Location::Query, false)
    );
    let response = &get.responses[0];
    assert_eq!(
        (
            response.status,
            response
                .headers
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>()
        ),
        (Status::Code(200), vec!["Access-Control-Allow-Origin"])
    );
    let expected: ReferenceOr<Schema> = ReferenceOr::ref_("#/components/schemas/Empty");
    assert_eq!(response.content["application/json"].schema, Some(expected));
}

#[test]
fn security_is_read_as_the_gateway_reads_it() {
    let document = read("secured-rest.yaml");
    assert_eq!(document.kind, ApiKind::Rest);
    assert_eq!(
        kinds(operation(&document, Method::Get, "/trees")),
        [Kind::Iam, Kind::ApiKey]
    );
    let post = operation(&document, Method::Post, "/trees");
    let header = |name: &str| Place::Header(name.to_owned());
    assert_eq!(
        kinds(post),
        [token(vec![header("Authorization")], Authorizer::Cognito)]
    );
    assert_eq!(post.security.all_of[0].scopes, ["orchard/plant"]);
    assert!(post.body.as_ref().unwrap().required);
    let places = vec![header("X-Gate"), Place::Query("gate".to_owned())];
    assert_eq!(
        kinds(operation(&document, Method::Get, "/trees/{treeId}")),
        [token(places, Authorizer::Lambda)]
    );
    assert_eq!(
        kinds(operation(&document, Method::Delete, "/trees/{treeId}")),
        [Kind::Iam]
    );
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}

#[test]
fn an_http_api_export_is_read() {
    let document = read("http-api.yaml");
    assert_eq!(document.kind, ApiKind::Http);
    let endpoint = "https://m5n8v0c2kd.execute-api.ap-southeast-2.amazonaws.com";
    assert_eq!(document.endpoint.as_deref(), Some(endpoint));
    let get = operation(&document, Method::Get, "/crossings/{crossing-id}");
    let issuer = JwtIssuer::new(
        "https://issuer.example/ferries",
        vec!["ferry-app".to_owned()],
    );
    let jwt = Authorizer::Jwt(JwtRules::new(vec![issuer]));
    assert_eq!(
        kinds(get),
        [token(vec![Place::Header("Authorization".to_owned())], jwt)]
    );
    assert_eq!(
        get.parameters[0].pointer.to_string(),
        "#/paths/~1crossings~1{crossing-id}/parameters/0"
    );
    let any = operation(&document, Method::Any, "/assets/{proxy+}");
    assert_eq!(
        (any.parameters[0].name.as_str(), any.parameters[0].greedy),
        ("proxy", true)
    );
    assert_eq!(
        any.integration.as_ref().unwrap().kind,
        IntegrationKind::Http
    );
    assert_eq!(any.responses[0].status, Status::Default);
    assert!(document.repairs.is_empty(), "{:?}", document.repairs);
}

#[test]
fn a_template_is_read_with_its_repairs_listed() {
    let document = read("import-template.yaml");
    assert_eq!(document.title, "${AWS::StackName}-parcels");
    assert_eq!(document.endpoint, None);
    let get = operation(&document, Method::Get, "/parcels/{parcelId}");
    let names: Vec<_> = get
        .parameters
        .iter()
        .map(|parameter| parameter.name.as_str())
        .collect();
    assert_eq!(names, ["X-Trace", "parcelId"]);
    assert_eq!(get.responses[1].description, "no such parcel");
    assert_eq!(kinds(get), [Kind::ApiKey]);
    let places: Vec<_> = document
        .repairs
        .iter()
        .map(|repair| repair.pointer.to_string())
        .collect();
    let expected = [
        "#/info",
        "#/components/parameters/Trace/required",
        "#/components/parameters/Trace",
        "#/paths/~1parcels~1{parcelId}/get",
        "#/paths/~1parcels~1{parcelId}/get/security/0/api_key",
        "#/paths/~1parcels~1{parcelId}/put",
        "#/components/schemas/Parcel/properties/weight/type",
        "#/components/schemas/Parcel/properties/weight/required",
    ];
    for place in expected {
        assert!(
            places.iter().any(|found| found == place),
            "{place}: {places:#?}"
        );
    }
}

#[test]
fn country_codes_of_a_template_stay_text() {
    let document = read("import-template.yaml");
    let ReferenceOr::Item(parcel) = &document.schemas["Parcel"] else {
        panic!("a reference")
    };
    let SchemaKind::Type(Type::Object(parcel)) = &parcel.schema_kind else {
        panic!("no object")
    };
    let ReferenceOr::Item(country) = &parcel.properties["country"] else {
        panic!("a reference")
    };
    let SchemaKind::Type(Type::String(country)) = &country.schema_kind else {
        panic!("no string")
    };
    assert_eq!(
        country.enumeration,
        [Some("NO".to_owned()), Some("SE".to_owned())]
    );
}
