//! What the file says about Amazon Cognito.

use crate::Secret;

/// A user pool, an identity pool, or both: the section `awsCognitoAuthPlugin`, the flat form's keys, or `auth` of Gen 2
/// outputs.
///
/// Field docs name the keys of `awsCognitoAuthPlugin`. The other two forms have neither client secret, custom endpoint
/// nor flow, and one region for both pools; where a pool's id begins with another, the id counts.
///
/// What only a sign-in page uses (`OAuth`, `socialProviders`, `usernameAttributes`, password rules and the like) is
/// not read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CognitoAuth {
    /// `CognitoUserPool.Default`: who signs in, and where tokens come from.
    pub user_pool: Option<UserPool>,
    /// `CredentialsProvider.CognitoIdentity.Default`: where AWS credentials come from.
    pub identity_pool: Option<IdentityPool>,
    /// `Auth.Default.authenticationFlowType`; [`AuthenticationFlow::UserSrp`] when the file does not say.
    pub flow: AuthenticationFlow,
}

/// A Cognito user pool and the app client that signs users in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserPool {
    /// `PoolId`, such as `eu-west-1_AbCdEfGhI`.
    pub id: String,
    /// `AppClientId`.
    pub client_id: String,
    /// `AppClientSecret`, of an app client that has one.
    pub client_secret: Option<Secret>,
    /// `Region`, else the part of `PoolId` before the underscore.
    pub region: String,
    /// `Endpoint`: the host (with a port, if need be) that is called instead of Cognito's own, without scheme and path.
    pub endpoint: Option<String>,
}

/// A Cognito identity pool.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IdentityPool {
    /// `PoolId`, such as `eu-west-1:00000000-1111-2222-3333-444444444444`.
    pub id: String,
    /// `Region`, else the part of `PoolId` before the colon.
    pub region: String,
    /// Whether somebody who has not signed in may get credentials: `unauthenticated_identities_enabled` of Gen 2
    /// outputs, and not when the flat form's `aws_mandatory_sign_in` is `enable`. True where the file does not say.
    pub allows_guests: bool,
}

/// How a user proves who they are to the user pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AuthenticationFlow {
    /// `USER_SRP_AUTH`: Secure Remote Password; the password does not leave the app.
    #[default]
    UserSrp,
    /// `USER_PASSWORD_AUTH`, also meant by `MigrationEnabled`: the password is sent to Cognito.
    UserPassword,
    /// `CUSTOM_AUTH_WITH_SRP`, also written `CUSTOM_AUTH`: the pool's own challenges after SRP.
    CustomWithSrp,
    /// `CUSTOM_AUTH_WITHOUT_SRP`: only the pool's own challenges.
    CustomWithoutSrp,
    /// `USER_AUTH`: the user chooses among the factors that the pool offers.
    UserAuth,
}

impl AuthenticationFlow {
    pub(crate) const VALUES: [(&'static str, Self); 6] = [
        ("USER_SRP_AUTH", Self::UserSrp),
        ("USER_PASSWORD_AUTH", Self::UserPassword),
        ("CUSTOM_AUTH", Self::CustomWithSrp),
        ("CUSTOM_AUTH_WITH_SRP", Self::CustomWithSrp),
        ("CUSTOM_AUTH_WITHOUT_SRP", Self::CustomWithoutSrp),
        ("USER_AUTH", Self::UserAuth),
    ];
}
