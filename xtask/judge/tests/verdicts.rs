//! The judge of a client that does it right, and of clients that do not.

use corpus_judge::{Call, Caller, Calls, Outcome, Report, judge};
use gatewright::client::RestClient;
use gatewright::{Auth, Body, HttpService, RawResponse, transport};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pets.json");

/// Asks for a path without any credential, however the caller is to be made, and takes every answer for a success.
async fn ask(caller: Caller, path: &str) -> Outcome {
    let (Caller::Connected(base, _) | Caller::Bare(base, _)) = caller;
    let request = http::Request::get(format!("{base}{path}")).body(Body::empty());
    match transport::https().send(request.expect("a request")).await {
        Ok(response) => Outcome::Answered(response.status().to_string()),
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// Asks as a vet, who brings this value as an argument, and reads the response as a client does.
async fn ask_as_vet(caller: Caller, vet: &str) -> Outcome {
    let (Caller::Connected(base, _) | Caller::Bare(base, _)) = caller;
    let rest = RestClient::new(transport::https(), base);
    let call = rest.get("vets", "/vets", Auth::NONE).header("x-vet", &vet);
    let response: gatewright::Result<RawResponse> = call.call().await;
    response.into()
}

fn report(calls: &'static [Call]) -> Report {
    judge(&[Calls { file: FILE, calls }]).expect("sockets")
}

/// The lines of the report that tell a failure.
fn failures(calls: &'static [Call]) -> Vec<String> {
    let report = report(calls);
    assert!(!report.passed());
    let text = report.to_string();
    let failures = text.lines().filter_map(|line| line.strip_prefix("    "));
    failures.map(str::to_owned).collect()
}

#[test]
fn a_call_that_is_routed_and_answered_passes() {
    let report = report(&[Call {
        operation: "GET /open",
        make: |caller| Box::pin(ask(caller, "/open")),
    }]);
    assert!(report.passed(), "{report}");
}

#[test]
fn a_token_that_is_an_argument_is_right_wrong_and_missing_in_turn() {
    let report = report(&[Call {
        operation: "GET /vets",
        make: |caller| {
            let vet = caller.token("vets");
            Box::pin(async move { ask_as_vet(caller, &vet).await })
        },
    }]);
    assert!(report.passed(), "{report}");
    let counts = "           1       1          0        1      1         0";
    assert!(report.to_string().contains(counts), "{report}");
    let found = failures(&[Call {
        operation: "GET /vets",
        make: |caller| Box::pin(ask_as_vet(caller, "anybody")),
    }]);
    assert!(found[0].contains("with right credentials: "), "{found:?}");
}

#[test]
fn a_call_of_another_operation_is_found() {
    let found = failures(&[Call {
        operation: "GET /open",
        make: |caller| Box::pin(ask(caller, "/pets")),
    }]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("went to Some(\"GET /pets\")"),
        "{found:?}"
    );
}

#[test]
fn a_client_that_sends_no_key_is_found_in_every_trial() {
    let found = failures(&[Call {
        operation: "GET /pets",
        make: |caller| Box::pin(ask(caller, "/pets")),
    }]);
    for (found, expected) in found.iter().zip([
        "with right credentials: GET /pets -> 403 Forbidden",
        "with unknown API key of `api_key`: answered with 403 Forbidden instead of refused: Forbidden, 403",
        "with none, guarded: answered with 403 Forbidden instead of held back: MissingCredential; 1 requests arrived",
        "with none, unguarded: answered with 403 Forbidden instead of refused: Forbidden, 403",
    ]) {
        assert!(found.contains(expected), "{found}");
    }
    assert_eq!(found.len(), 4);
}

#[test]
fn a_call_that_never_reaches_the_gateway_or_that_no_document_has_is_found() {
    let found = failures(&[
        Call {
            operation: "GET /open",
            make: |_| Box::pin(async { Outcome::Answered("()".to_owned()) }),
        },
        Call {
            operation: "GET /cats",
            make: |caller| Box::pin(ask(caller, "/cats")),
        },
    ]);
    assert!(found[0].contains("0 requests arrived"), "{found:?}");
    assert!(found[1].contains("has no such operation"), "{found:?}");
}
