//! What a document says of its values, on the wire: what is left out, sent as `null`, kept, and never fails an answer.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_tests::lodge::types::{
    Booking, BookingInvoice, Closure, Guest, InvoiceMethod, Notice, Refusal, RefusalReason,
    RoomKind, Stays,
};
use serde_json::{Value, from_value, json, to_value};

fn guest(nickname: &Value) -> Value {
    json!({
        "id": "7d444840-9dc0-11d1-b245-5ffdce74fad2",
        "name": "Ada",
        "nickname": nickname,
        "arrivedAt": "2024-05-01T10:00:00Z",
    })
}

#[test]
fn of_a_member_that_is_required_or_not_nullable_null_and_absent_are_both_no_value() {
    let null: Guest = from_value(guest(&Value::Null)).unwrap();
    assert_eq!((&null.nickname, &null.born), (&None, &None));
    let mut absent = guest(&Value::Null);
    absent.as_object_mut().unwrap().remove("nickname");
    absent["born"] = Value::Null;
    assert_eq!(from_value::<Guest>(absent).unwrap(), null);
}

#[test]
fn of_a_member_that_may_be_absent_and_null_the_two_are_told_apart() {
    let mut value = guest(&json!("Countess"));
    let absent: Guest = from_value(value.clone()).unwrap();
    assert_eq!(
        (&absent.car, to_value(&absent).unwrap().get("car")),
        (&None, None)
    );
    value["car"] = Value::Null;
    let null: Guest = from_value(value).unwrap();
    assert_eq!(null.car, Some(None));
    assert_eq!(to_value(&null).unwrap().get("car"), Some(&Value::Null));
}

#[test]
fn no_value_is_sent_as_null_where_the_member_is_required_and_not_at_all_elsewhere() {
    let guest: Guest = from_value(guest(&Value::Null)).unwrap();
    let sent = to_value(&guest).unwrap();
    assert_eq!(sent.get("nickname"), Some(&Value::Null));
    assert_eq!(sent.get("car"), None);
}

#[test]
fn what_only_the_api_sets_is_not_sent_unless_it_is_set() {
    let mut guest: Guest = from_value(guest(&json!("Countess"))).unwrap();
    assert!(guest.id.is_some());
    guest.id = None;
    guest.password = Some("a-password-of-the-types-test".to_owned());
    let sent = to_value(&guest).unwrap();
    assert_eq!(sent.get("id"), None);
    assert_eq!(sent["password"], "a-password-of-the-types-test");
    assert!(format!("{guest:?}").contains("password: [redacted]"));
}

#[test]
fn what_is_only_sent_need_not_be_answered() {
    let guest: Guest = from_value(guest(&json!("Countess"))).unwrap();
    assert_eq!(guest.password, None);
}

#[test]
fn a_text_of_another_form_fails_no_answer() {
    let mut value = guest(&Value::Null);
    value["born"] = json!("on a Monday");
    value["photo"] = json!("not base64!");
    let guest: Guest = from_value(value).unwrap();
    let born = guest.born.unwrap();
    assert_eq!(&*born, "on a Monday");
    assert!(guest.photo.unwrap().decode().is_err());
}

#[test]
fn an_integer_that_is_not_listed_is_kept() {
    let reason = |reason: i64| {
        let refusal: Refusal = from_value(json!({ "reason": reason })).unwrap();
        refusal.reason
    };
    assert_eq!(reason(2), RefusalReason::Value2);
    assert_eq!(reason(-3), RefusalReason::ValueMinus3);
    assert_eq!(reason(99), RefusalReason::Unknown(99));
    assert_eq!(reason(99).as_i64(), 99);
}

#[test]
fn what_a_schema_by_reference_says_of_null_counts() {
    let stays = |next: Value| -> Stays {
        let value = json!({"stays": [], "season": null, "flags": {"open": true}, "odd": "many", "next": next});
        from_value(value).unwrap()
    };
    assert_eq!(stays(Value::Null).next, None);
    let stay = stays(json!({"kind": 1, "nights": 2})).next.unwrap();
    assert_eq!((stay.kind, stay.nights), (RoomKind::Value1, 2));
    assert_eq!(stays(Value::Null).season, None);
    assert_eq!(stays(Value::Null).odd, Some(json!("many")));
}

#[test]
fn shared_members_and_those_of_the_kind_are_sent_together() {
    let booking = Booking::Invoice(BookingInvoice {
        name: "Ada".to_owned(),
        voucher: None,
        method: InvoiceMethod::Giro,
        number: "7".to_owned(),
        due: "2024-06-01".into(),
    });
    let expected = json!({"name": "Ada", "method": "giro", "number": "7", "due": "2024-06-01"});
    assert_eq!(to_value(&booking).unwrap(), expected);
}

#[test]
fn a_member_that_every_kind_names_differently_tells_them_apart() {
    let notice = |value: Value| from_value::<Notice>(value).unwrap();
    // Without its name, a closure would fit as well as a storm: an enum tolerates what it does not list.
    assert!(matches!(
        notice(json!({"kind": "storm", "level": 3})),
        Notice::Storm(_)
    ));
    assert!(matches!(
        notice(json!({"kind": "closure"})),
        Notice::Closure(_)
    ));
    assert!(matches!(
        notice(json!({"kind": "strike"})),
        Notice::Unknown(_)
    ));
}

#[test]
fn a_list_may_hold_null_where_one_of_the_kinds_is_null() {
    let notices: Vec<Option<Notice>> = from_value(json!([null, {"kind": "closure"}])).unwrap();
    assert_eq!(notices[0], None);
    assert!(matches!(notices[1], Some(Notice::Closure(_))));
}

#[test]
fn a_member_that_demands_itself_can_be_left_out() {
    let value = json!({"kind": "closure", "follows": {"label": "a", "link": {"label": "b"}}});
    let closure: Closure = from_value(value).unwrap();
    let link = closure.follows.unwrap().link.unwrap();
    assert_eq!((link.label.as_str(), &link.link), ("b", &None));
}
