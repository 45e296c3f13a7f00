//! Integers of every range, null apart from absent, and booleans and integers that tell types apart: as a client has them.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use gatewright::{Body, HttpService};
use gatewright_tests::meter::types::{
    ByWire, ByWireCode, Change, Kind, ListReadingsLevel, Missed, Owner, Reading, Source, Taken,
};
use gatewright_tests::meter::{Client, GetMeterParams, ListReadingsParams};
use http::{Request, Response};

/// What was sent: the target, and the body.
type Sent = Arc<Mutex<Vec<(String, String)>>>;

/// A client of a server that always responds so.
fn meter(body: &str) -> (Client<impl HttpService>, Sent) {
    let (body, sent) = (body.to_owned(), Sent::default());
    let record = sent.clone();
    let server = tower::service_fn(move |request: Request<Body>| {
        let target = request.uri().path_and_query().unwrap().to_string();
        let bytes = request.body().as_bytes().cloned().unwrap_or_default();
        let bytes = String::from_utf8(bytes.to_vec()).unwrap();
        record.lock().unwrap().push((target, bytes));
        std::future::ready(Ok::<_, Infallible>(Response::new(Body::from(body.clone()))))
    });
    let base = "https://meter.example.com/v1".parse().unwrap();
    (Client::new(server, base), sent)
}

fn of(sent: &Sent) -> (String, String) {
    sent.lock().unwrap().pop().unwrap()
}

const METER: &str = r#"{"serial":18446744073709551615,"phases":3,"offset":-300,"watts":4294967295,
    "total":-170141183460469231731687303715884105728,"seal":340282366920938463463374607431768211455,
    "pulses":18446744073709551615,"plain":-1,"whole":7.0,"kind":9223372036854775808,"history":[{"at":1},{"at":2e3}],"gone":null}"#;

#[tokio::test]
async fn integers_of_every_range_arrive_to_their_last_digit() {
    let (client, _) = meter(METER);
    let meter = client.get_meter(1, Default::default()).await.unwrap();
    assert_eq!(
        (meter.serial, meter.phases, meter.offset),
        (u64::MAX, Some(3), Some(-300))
    );
    assert_eq!(
        (meter.watts, meter.pulses),
        (Some(u32::MAX), Some(u64::MAX))
    );
    assert_eq!(
        (meter.total, meter.seal),
        (Some(i128::MIN), Some(u128::MAX))
    );
    assert_eq!(
        (meter.plain, meter.whole, meter.history[1].at),
        (Some(-1), Some(7), 2_000)
    );
    assert_eq!(
        (&meter.kind, meter.kind.as_u64()),
        (&Kind::Value9223372036854775808, 1 << 63)
    );
}

/// The document promises less than the server sends.
#[tokio::test]
async fn a_number_out_of_the_range_names_its_member_its_range_and_a_way_out() {
    for (there, sent, place, range) in [
        (
            "\"plain\":-1",
            "\"plain\":18446744073709551615",
            "/plain",
            "-9223372036854775808 to 9223372036854775807",
        ),
        (
            "\"at\":2e3",
            "\"at\":9223372036854775808",
            "/history/1/at",
            "-9223372036854775808 to 9223372036854775807",
        ),
        (
            "\"serial\":18446744073709551615",
            "\"serial\":-1",
            "/serial",
            "0 to 18446744073709551615",
        ),
        ("\"phases\":3", "\"phases\":256", "/phases", "0 to 255"),
    ] {
        let (client, _) = meter(&METER.replace(there, sent));
        let error = client.get_meter(1, Default::default()).await.unwrap_err();
        let shown = format!("{error:#}");
        assert!(shown.contains(&format!("at {place}: expected ")), "{shown}");
        assert!(
            shown.contains(&format!("out of the range {range}; ")),
            "{shown}"
        );
        assert!(shown.contains("`Builder::schema_format`"), "{shown}");
    }
}

#[tokio::test]
async fn integers_of_every_range_are_parameters() {
    let (client, sent) = meter("[]");
    let params = ListReadingsParams {
        ids: Some(vec![0, u64::MAX]),
        level: Some(ListReadingsLevel::Value18446744073709551615),
    };
    client.list_readings(params).await.unwrap();
    let (target, _) = of(&sent);
    assert_eq!(
        target,
        "/v1/readings?ids=0&ids=18446744073709551615&level=18446744073709551615"
    );
    let (client, sent) = meter(METER);
    let params = GetMeterParams {
        since: Some(u64::MAX),
        x_phase: Some(255),
    };
    client.get_meter(u64::MAX, params).await.unwrap();
    let (target, _) = of(&sent);
    assert_eq!(
        target,
        "/v1/meters/18446744073709551615?since=18446744073709551615"
    );
}

#[tokio::test]
async fn a_change_says_what_to_leave_what_to_clear_and_what_to_set() {
    let cases = [
        (Change::default(), r#"{"note":null}"#),
        (
            Change {
                label: Some(None),
                limit: Some(None),
                rooms: Some(None),
                owner: Some(None),
                never: Some(()),
                ..Change::default()
            },
            r#"{"label":null,"limit":null,"rooms":null,"owner":null,"note":null,"never":null}"#,
        ),
        (
            Change {
                label: Some(Some("Hall".to_owned())),
                rooms: Some(Some(Vec::new())),
                owner: Some(Some(Owner { name: Some(None) })),
                note: Some("n".to_owned()),
                ..Change::default()
            },
            r#"{"label":"Hall","rooms":[],"owner":{"name":null},"note":"n"}"#,
        ),
    ];
    for (change, body) in cases {
        let (client, sent) = meter(body);
        let back = client
            .change_meter(1, &change, Default::default())
            .await
            .unwrap();
        assert_eq!(of(&sent).1, body);
        assert_eq!(back, change);
    }
}

#[tokio::test]
async fn a_response_that_is_always_null_is_nothing() {
    for body in ["null", ""] {
        let (client, _) = meter(body);
        client.remove_meter(1, Default::default()).await.unwrap();
    }
}

#[tokio::test]
async fn booleans_and_integers_tell_types_apart() {
    let source = Source::ByWire(ByWire {
        code: ByWireCode::Value2,
        line: "a".to_owned(),
    });
    let taken = Reading::Taken(Taken {
        valid: true,
        value: 5,
        source,
    });
    let missed = Reading::Missed(Missed {
        valid: false,
        reason: "dark".to_owned(),
    });
    for (valid, code) in [("true", "2"), ("\"true\"", "\"2\""), ("true", "2.0")] {
        let other = valid.replace("true", "false");
        let (client, _) = meter(&format!(
            r#"[{{"valid":{valid},"value":5,"source":{{"code":{code},"line":"a"}}}},{{"valid":{other},"reason":"dark"}},{{"valid":null}}]"#
        ));
        let readings = client.list_readings(Default::default()).await.unwrap();
        assert_eq!(readings[..2], [taken.clone(), missed.clone()]);
        assert!(matches!(&readings[2], Reading::Unknown(_)));
    }
    let (client, sent) = meter(r#"{"valid":false,"reason":""}"#);
    client.add_reading(&taken).await.unwrap();
    assert_eq!(
        of(&sent).1,
        r#"{"valid":true,"value":5,"source":{"code":2,"line":"a"}}"#
    );
}
