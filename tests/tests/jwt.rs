//! A JWT authorizer of a REST API, from the export to a typed call that the local gateway judges.

use gatewright::layers::{ApiKeyLayer, BearerTokenLayer};
use gatewright::{BoxError, Error, GatewayErrorKind, Token};
use gatewright_document::JwtAlgorithm;
use gatewright_local::{GatewayError, LocalGateway, TokenClaims, Verdict};
use gatewright_tests::moorings::types::Mooring;
use gatewright_tests::moorings::{Client, Credentials};

const KEY: &str = "a-key-of-the-jwt-test";

async fn start() -> Result<LocalGateway, BoxError> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/moorings.json");
    Ok(LocalGateway::from_path(path)?.api_key(KEY).start().await?)
}

fn of_harbour() -> TokenClaims {
    TokenClaims::new().claim("harbour", "Svolvær")
}

/// What a gateway says of a request that it refuses.
type Refusal = (GatewayErrorKind, u16);

/// The mooring that a holder of this token gets to see, or the refusal.
async fn mooring(
    gateway: &LocalGateway,
    claims: TokenClaims,
) -> Result<Result<Mooring, Refusal>, BoxError> {
    let credentials = Credentials {
        api_key: ApiKeyLayer::new(KEY)?,
        skippers: BearerTokenLayer::new(Token::new(gateway.mint_token(claims))),
    };
    let client = Client::connect(gateway.url().parse()?, credentials);
    match client.get_mooring("7").await {
        Ok(mooring) => Ok(Ok(mooring)),
        Err(Error::Gateway(error)) => Ok(Err((error.kind(), error.status().as_u16()))),
        Err(other) => Err(other.into()),
    }
}

#[tokio::test]
async fn a_token_of_the_document_is_taken_in_the_header_that_it_names() -> Result<(), BoxError> {
    let gateway = start().await?;
    assert!(mooring(&gateway, of_harbour()).await?.is_ok());
    let guild = TokenClaims::new().issuer("https://login.guild.example");
    assert!(mooring(&gateway, guild).await?.is_ok());
    let requests = gateway.requests();
    assert!(
        requests
            .iter()
            .all(|request| request.verdict == Verdict::Passed)
    );
    assert!(requests[0].headers.contains_key("x-skipper"));
    assert!(!requests[0].headers.contains_key("authorization"));
    Ok(())
}

#[tokio::test]
async fn a_wrong_token_is_unauthorized_as_a_rest_api_says_it() -> Result<(), BoxError> {
    let gateway = start().await?;
    let guild = || TokenClaims::new().issuer("https://login.guild.example");
    for claims in [
        of_harbour().audience("guild-app"),
        guild().audience("moorings-app"),
        of_harbour().issuer("https://login.harbour.example"),
        of_harbour().algorithm(JwtAlgorithm::Rs256),
        of_harbour().algorithm(JwtAlgorithm::Es384),
        of_harbour().claim("harbour", "svolvær"),
        TokenClaims::new(),
        of_harbour().claim("nbf", 9_000_000_000_u64),
    ] {
        let refused = mooring(&gateway, claims.clone()).await?;
        let expected = Err((GatewayErrorKind::Unauthorized, 401));
        assert_eq!(refused, expected, "{claims:?}");
    }
    assert!(gateway.requests().iter().all(|request| matches!(
        request.verdict,
        Verdict::Refused {
            error: GatewayError::Unauthorized,
            ..
        }
    )));
    Ok(())
}

#[tokio::test]
async fn scopes_and_an_api_key_are_asked_for_beside_the_token() -> Result<(), BoxError> {
    let gateway = start().await?;
    let leave = async |key: &'static str, scope: &str| -> Result<_, BoxError> {
        let token = gateway.mint_token(of_harbour().scope(scope));
        let credentials = Credentials {
            api_key: ApiKeyLayer::new(key)?,
            skippers: BearerTokenLayer::new(Token::new(token)),
        };
        let client = Client::connect(gateway.url().parse()?, credentials);
        match client.leave_mooring("7").await {
            Ok(()) => Ok(None),
            Err(Error::Gateway(error)) => Ok(Some(error.kind())),
            Err(other) => Err(other.into()),
        }
    };
    assert_eq!(leave(KEY, "moorings/write").await?, None);
    let denied = leave(KEY, "moorings/read").await?;
    assert_eq!(denied, Some(GatewayErrorKind::AccessDenied));
    let forbidden = leave("another-key", "moorings/write").await?;
    assert_eq!(forbidden, Some(GatewayErrorKind::Forbidden));
    Ok(())
}
