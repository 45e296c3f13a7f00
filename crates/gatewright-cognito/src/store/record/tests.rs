use super::*;

fn app() -> App {
    App {
        user_pool: Some("eu-west-1_AbCdEfGhI".to_owned()),
        client: Some("1example23456789client".to_owned()),
        identity_pool: None,
    }
}

fn record() -> Record {
    let user = StoredUser {
        name: "änne".to_owned(),
        access: Secret::from("planted-access"),
        id: Some(Secret::from("planted-id")),
        refresh: Some(Secret::from("planted-refresh")),
        expires_at: SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(1_790_000_000_900)),
        device: Some(Device {
            key: "eu-west-1_0000".to_owned(),
            unconfirmed: Some("no response".to_owned()),
        }),
    };
    Record {
        user: Some(user),
        identities: BTreeMap::from([("guest".to_owned(), "eu-west-1:0000".to_owned())]),
    }
}

fn read(document: &str) -> Result<Record, Unreadable> {
    Record::from_document(&Secret::from(document), &app())
}

/// The record's document, with this text replaced.
fn broken(from: &str, to: &str) -> String {
    let document = record().to_document(&app());
    assert!(document.expose().contains(from), "{from}");
    document.expose().replacen(from, to, 1)
}

#[test]
fn what_is_written_is_read() {
    let document = record().to_document(&app());
    let read = Record::from_document(&document, &app()).unwrap();
    let user = read.user.unwrap();
    assert_eq!(user.name, "änne");
    assert_eq!(user.access.expose(), "planted-access");
    assert_eq!(user.id.unwrap().expose(), "planted-id");
    assert_eq!(user.refresh.unwrap().expose(), "planted-refresh");
    assert_eq!(seconds(user.expires_at.unwrap()), 1_790_000_000);
    assert_eq!(user.device, record().user.unwrap().device);
    assert_eq!(read.identities, record().identities);
}

#[test]
fn a_record_that_was_written_before_devices_were_kept_is_read() {
    let document = r#"{
        "version": 1,
        "app": {
            "user_pool": "eu-west-1_AbCdEfGhI", "client": "1example23456789client", "identity_pool": null
        },
        "user": { "name": "alice", "access": "a", "id": null, "refresh": "r", "expires_at": 1790000000 },
        "identities": {}
    }"#;
    let user = read(document).unwrap().user.unwrap();
    assert_eq!(user.refresh.unwrap().expose(), "r");
    assert!(user.device.is_none());
}

#[test]
fn nobody_signed_in_is_a_record_too() {
    let document = Record::default().to_document(&app());
    let read = Record::from_document(&document, &app()).unwrap();
    assert!(read.user.is_none() && read.identities.is_empty());
}

#[test]
fn tokens_that_there_are_not_stay_away() {
    let mut record = record();
    let user = record.user.as_mut().unwrap();
    (user.id, user.refresh, user.expires_at) = (None, None, None);
    let document = record.to_document(&app());
    let user = Record::from_document(&document, &app())
        .unwrap()
        .user
        .unwrap();
    assert!(user.id.is_none() && user.refresh.is_none() && user.expires_at.is_none());
}

#[test]
fn a_record_of_another_app_is_not_used() {
    let document = record().to_document(&app());
    let other = App {
        client: Some("another-client".to_owned()),
        ..app()
    };
    let error = Record::from_document(&document, &other).unwrap_err();
    assert_eq!(error, Unreadable::OtherApp(Box::new(app())));
    assert!(error.to_string().contains("1example23456789client"));
}

#[test]
fn what_is_no_record_is_named() {
    for (document, expected) in [
        (String::new(), Unreadable::NotJson),
        ("{\"version\":1".to_owned(), Unreadable::NotJson),
        ("alias ls='ls -l'".to_owned(), Unreadable::NotJson),
        ("[]".to_owned(), Unreadable::Version),
        ("{\"version\":2}".to_owned(), Unreadable::Version),
        ("{\"version\":1}".to_owned(), Unreadable::Member("app")),
        (
            broken("1790000000", "-1790000000"),
            Unreadable::Member("expires_at"),
        ),
        (
            broken("1790000000", "1e30"),
            Unreadable::Member("expires_at"),
        ),
        (
            broken("\"planted-access\"", "7"),
            Unreadable::Member("access"),
        ),
        (
            broken("\"planted-access\"", "null"),
            Unreadable::Member("access"),
        ),
        (broken("\"eu-west-1_0000\"", "7"), Unreadable::Member("key")),
        (
            broken("\"eu-west-1:0000\"", "{}"),
            Unreadable::Member("identities"),
        ),
        (
            broken("{\"guest\":\"eu-west-1:0000\"}", "7"),
            Unreadable::Member("identities"),
        ),
    ] {
        assert_eq!(read(&document).unwrap_err(), expected, "{document}");
    }
}

#[test]
fn neither_debug_nor_errors_show_a_token() {
    let shown = format!("{:?}", record());
    assert!(
        shown.contains("änne") && !shown.contains("planted"),
        "{shown}"
    );
    let error = read(&broken("\"version\":1", "\"version\":9")).unwrap_err();
    let shown = format!("{error:?} {error}");
    assert!(!shown.contains("planted"), "{shown}");
}

#[test]
fn a_document_that_is_too_large_or_too_deep_is_not_read() {
    let most = " ".repeat(MAX_DOCUMENT_BYTES);
    assert_eq!(read(&most).unwrap_err(), Unreadable::NotJson);
    let more = " ".repeat(MAX_DOCUMENT_BYTES + 1);
    assert_eq!(read(&more).unwrap_err(), Unreadable::TooLarge);
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep).unwrap_err(), Unreadable::NotJson);
}

#[test]
fn ids_and_reasons_of_a_document_cannot_write_to_the_terminal_or_fill_it() {
    let long = "x".repeat(10_000);
    let other = broken("eu-west-1_AbCdEfGhI", &format!("\\u001b[2J\\n{long}"));
    let text = read(&other).unwrap_err().to_string();
    assert!(text.len() < 1000, "{}", text.len());
    assert!(!text.contains(char::is_control), "{text}");

    let other = broken("no response", &format!("\\u001b[2J\\n{long}"));
    let device = read(&other).unwrap().user.unwrap().device.unwrap();
    let reason = device.unconfirmed.unwrap();
    assert!(reason.chars().count() <= 501 && !reason.contains(char::is_control));
}
