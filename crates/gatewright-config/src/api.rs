//! What the file says about one REST API.

use std::fmt;

use crate::Secret;

/// One REST API of the file: an entry of `awsAPIPlugin`, `aws_cloud_logic_custom` or `custom.API`.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Api {
    /// The name that the entry stands under (in the flat form its `name`): free text of the app's author.
    pub name: String,
    /// The absolute `http` or `https` URL that paths are appended to: with the stage, without a slash at its end.
    pub endpoint: String,
    /// The AWS region as the file gives it, else taken from an `execute-api` host. An API with
    /// [`AuthorizationType::AwsIam`] always has one.
    pub region: Option<String>,
    /// How a request is authorized. An entry of the flat form or of Gen 2 outputs that does not say is taken for
    /// [`AuthorizationType::AwsIam`].
    pub authorization: AuthorizationType,
    /// The key of a usage plan, which `Debug` does not show. An API with [`AuthorizationType::ApiKey`] always has one; others may, because
    /// API Gateway can ask for a key beside any other authorization.
    pub api_key: Option<Secret>,
    /// Where the entry is in the file, as a JSON pointer (RFC 6901). A key of more than 100 characters is cut.
    pub pointer: String,
}

/// The values of `authorizationType`, from Amplify's page "Define authorization rules" and its libraries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthorizationType {
    /// `AWS_IAM`: the request is signed with AWS Signature Version 4.
    AwsIam,
    /// `API_KEY`: the request carries the key of a usage plan.
    ApiKey,
    /// `AMAZON_COGNITO_USER_POOLS`: the request carries a token of a Cognito user pool.
    AmazonCognitoUserPools,
    /// `OPENID_CONNECT`: the request carries a token that the app gets from an OpenID Connect provider.
    OpenidConnect,
    /// `AWS_LAMBDA`: the request carries a token that a Lambda authorizer understands.
    AwsLambda,
    /// `NONE`: the request is sent as it is.
    None,
}

impl AuthorizationType {
    pub(crate) const ALL: [Self; 6] = [
        Self::AwsIam,
        Self::ApiKey,
        Self::AmazonCognitoUserPools,
        Self::OpenidConnect,
        Self::AwsLambda,
        Self::None,
    ];

    /// The value as the file spells it, such as `AWS_IAM`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AwsIam => "AWS_IAM",
            Self::ApiKey => "API_KEY",
            Self::AmazonCognitoUserPools => "AMAZON_COGNITO_USER_POOLS",
            Self::OpenidConnect => "OPENID_CONNECT",
            Self::AwsLambda => "AWS_LAMBDA",
            Self::None => "NONE",
        }
    }
}

impl fmt::Display for AuthorizationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
