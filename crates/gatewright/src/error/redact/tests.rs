use super::*;

#[test]
fn a_malformed_authorization_is_masked_in_both_places() {
    let text = "'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer s3cr3t'.";
    assert_eq!(
        redact(text),
        "'[redacted]' not a valid key=value pair (missing equal-sign) in Authorization header: '[redacted]'."
    );
}

#[test]
fn quotes_and_blanks_in_a_token_do_not_end_it() {
    let text = "'s3' cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 's3' cr3t'.";
    assert!(!redact(text).contains("cr3t"), "{}", redact(text));
}

#[test]
fn a_text_that_was_cut_off_is_masked_to_its_end() {
    let text =
        "'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 's3cr3";
    assert!(!redact(text).contains("s3cr3"), "{}", redact(text));
}

#[test]
fn a_canonical_request_loses_its_secrets_and_nothing_else() {
    let text = "The Canonical String for this request should have been\n'GET\n/prod/pets\n\nhost:api.test\n\
                x-amz-date:20260101T000000Z\nx-amz-security-token:IQoJs3cr3t\nx-api-key: s3cr3t\n\nhost;x-amz-date\n'";
    let redacted = redact(text);
    assert!(!redacted.contains("s3cr3t"), "{redacted}");
    assert!(redacted.contains("x-amz-security-token:[redacted]\nx-api-key: [redacted]\n"));
    assert!(redacted.contains("host:api.test\nx-amz-date:20260101T000000Z\n"));
}

#[test]
fn tokens_are_known_by_what_is_before_them_and_by_their_form() {
    for text in [
        "got BEARER  s3cr3t, sorry",
        "authorization: Bearer s3cr3t",
        "the bearer token was Bearer s3cr3t",
        "Cookie: a=1; b=s3cr3t",
        "Authorization header requires 'Credential' parameter. Authorization=s3cr3t",
        "AWS4-HMAC-SHA256 Credential=AKID/20260101, Signature=s3cr3t",
        "the token eyJhbGciOi.s3cr3t.c2ln is not for me",
        "{\"message\": \"Bearer s3cr3t\"}",
    ] {
        let redacted = redact(text);
        assert!(!redacted.contains("s3cr3t"), "{redacted}");
        assert!(redacted.contains(MASK));
    }
}

#[test]
fn other_texts_are_not_touched() {
    for text in [
        "",
        "Invalid request body",
        "it's not 'here'",
        "no bearer",
        "The bearer token is missing, and basic authentication is off",
        "eyJ is how a token begins. Or. Not",
        "Missing required request parameters: [Authorization]",
    ] {
        assert!(
            matches!(redact(text), Cow::Borrowed(same) if same == text),
            "{text}"
        );
    }
}

#[test]
fn a_decoder_does_not_repeat_the_value() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Color {
        Red,
    }
    let words = |error: serde_json::Error| mask_value(&error.to_string()).into_owned();
    let number = serde_json::from_str::<u8>(r#""s3cr3t, expected \"x\"""#).unwrap_err();
    assert_eq!(
        words(number),
        "invalid type: string [redacted], expected u8 at line 1 column 24"
    );
    let variant = serde_json::from_str::<Color>(r#""s3cr3t""#).unwrap_err();
    assert_eq!(
        words(variant),
        "unknown variant [redacted], expected `red` at line 1 column 8"
    );
    let missing = serde_json::from_str::<(u8, u8)>("[1]")
        .unwrap_err()
        .to_string();
    assert!(matches!(mask_value(&missing), Cow::Borrowed(same) if same == missing));
}

#[test]
fn debug_is_masked_in_both_layouts() {
    let message = Some("Bearer s3cr3t");
    assert_eq!(
        format!("{:?}", Redacted(&message)),
        "Some(\"Bearer [redacted]\")"
    );
    assert_eq!(
        format!("{:#?}", Redacted(&message)),
        "Some(\n    \"Bearer [redacted]\",\n)"
    );
}

/// Texts that repeat, in whole or in part, what the search looks for.
const HOSTILE: [&str; 18] = [
    "eyJ",
    "eyJ.",
    "eyj.eyJ.eYj ",
    "Bearer 123456789012345678901234 ",
    "bearer a ",
    "BeArEr bAsIc ",
    "x-api-key: aaaaaaaaaaaaaaaaaaaaaaaa\n",
    "x-api-key:",
    "cookie: a=b; authorization=",
    "signature=",
    "Signature====",
    "' not a valid key=value pair",
    "'' Authorization header: '",
    "Authorization header: ''.",
    ".....",
    "éeyJ漢字.bearer\u{a0}👍",
    "\u{1b}[2J\u{202e}",
    " ",
];

fn hostile(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}

#[test]
fn a_text_of_any_length_costs_what_its_beginning_does() {
    for unit in HOSTILE {
        let of = |bytes| scan::work::of(|| drop(redact(&hostile(unit, bytes))));
        let (some, much) = (of(32 << 10), of(1 << 20));
        assert!(some > 0 && much == some, "{unit:?}: {some}, then {much}");
    }
}

#[test]
fn the_search_looks_at_each_byte_a_few_times() {
    let begun = |begin: &str, bytes| format!("{begin}{}", hostile(" ", bytes));
    let texts = |bytes| {
        let blanks = ["bearer ", "basic\t", "x-api-key:", "signature="];
        let repeated = HOSTILE.map(|unit| hostile(unit, bytes));
        let blanks = blanks.map(|begin| begun(begin, bytes));
        repeated.into_iter().chain(blanks)
    };
    for text in texts(64 << 10) {
        let bytes = scan::work::of(|| drop(scan::secrets(&text, true)));
        assert!(
            bytes <= 6 * text.len() + 100,
            "{bytes} of {}: {:?}",
            text.len(),
            &text.chars().take(30).collect::<String>()
        );
    }
}

#[test]
fn a_long_text_is_cut_and_tells_its_length() {
    let text = "é".repeat(3_000);
    let expected = format!("{}… (6000 bytes in all)", "é".repeat(2_000));
    assert_eq!(redact(&text), expected);
    let fits = "é".repeat(2_000);
    assert_eq!(redact(&fits), fits);
}

#[test]
fn a_secret_that_is_cut_is_masked_to_the_end() {
    let secret = "s3cr3t".repeat(1_000);
    for before in [
        "'",
        "it is 'x', not a valid key=value pair: '",
        "Bearer ",
        "basic  ",
        "Signature=",
        "x-amz-security-token:",
        "Cookie: a b c=",
        "the token eyJ",
        "the token eyJhbGciOi.eyJ",
    ] {
        let text = format!("{before}{secret}' not a valid key=value pair");
        let shown = redact(&text);
        assert!(!shown.contains("s3cr3t"), "{shown}");
        assert!(
            shown.ends_with(&format!("[redacted]… ({} bytes in all)", text.len())),
            "{shown}"
        );
    }
}

#[test]
fn a_short_piece_of_a_secret_before_the_cut_is_masked_too() {
    let before = "-".repeat(1_990);
    let shown = redact(&format!("{before}\nBearer abcdef1234567890abcdef")).into_owned();
    assert!(!shown.contains("abc"), "{shown}");
    let shown = redact(&format!("{before}bearer abcdef1234567890abcdef")).into_owned();
    assert!(shown.contains("bearer [redacted]…"), "{shown}");
}

#[test]
fn a_marker_inside_of_a_secret_does_not_end_it() {
    for text in [
        "Bearer authorization: s3cr3t",
        "basic x-api-key: s3cr3t and s3cr3t",
        "authorization: eyJ.a.b s3cr3t",
        "cookie: Bearer 1 s3cr3t",
        "Bearer\ts3cr3t",
        "xeyJhbGci.s3cr3t.c2ln",
    ] {
        let shown = redact(text);
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }
}

#[test]
fn a_decoder_repeats_no_value_however_long_it_is() {
    let value = "s3cr3t ".repeat(100_000);
    let text = format!("invalid type: string \"{value}\", expected u8 at line 1 column 9");
    assert_eq!(
        mask_value(&text),
        "invalid type: string [redacted], expected u8 at line 1 column 9"
    );
}

/// Writes for ever.
struct Endless;

impl fmt::Debug for Endless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        loop {
            f.write_str("more of it ")?;
        }
    }
}

#[test]
fn debug_of_a_long_value_is_cut() {
    for shown in [
        format!("{:?}", Redacted(&Endless)),
        format!("{:#?}", Redacted(&Endless)),
        format!("{:?}", Redacted(&["é".repeat(1 << 20)])),
    ] {
        assert_eq!(shown.chars().count(), MAX_TEXT + 1);
        assert!(shown.ends_with('…'));
    }
    let token = format!("'{}' not a valid key=value pair", "s3cr3t".repeat(1_500));
    let shown = format!("{:?}", Redacted(&token));
    assert!(!shown.contains("s3cr3t"), "{shown}");
}

/// Shows a text of the server as it is.
struct Raw(&'static str);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[test]
fn debug_moves_no_cursor() {
    let raw = Raw("a\u{1b}[2J\u{9b}2J\r\u{202e}b");
    let shown = format!("{:?}", Redacted(&raw));
    assert_eq!(shown, "a\u{fffd}[2J\u{fffd}2J \u{fffd}b");
    let many = "\u{1b}".repeat(1 << 20);
    let many = format!("{:?}", Redacted(&Raw(many.leak())));
    assert_eq!(many.chars().count(), MAX_TEXT + 1);
}
