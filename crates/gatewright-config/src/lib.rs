//! Reads Amplify configuration files (`amplifyconfiguration.json`). Pure: bytes in, a [`Config`] or a [`Report`] out.
//!
//! Both spellings of the Gen 1 file are read, told apart by their content:
//!
//! - the nested file that the Amplify CLI writes, with `api.plugins.awsAPIPlugin.<name>` and
//!   `auth.plugins.awsCognitoAuthPlugin`;
//! - the short form of Amplify's documentation, with `awsAPIPlugin`, or `CognitoUserPool` and
//!   `CredentialsProvider`, at the top.
//!
//! The flat JavaScript form (`aws_…` keys) and Gen 2 outputs are recognised and refused by name.
//!
//! # Rules
//!
//! Every problem of a file is found in one go and names its place by a JSON pointer (RFC 6901). An unknown key is a
//! warning, and sections that gatewright does not use are not looked at, so that a new value in one of them never
//! stops an app. No message holds a value that may be secret.
//!
//! ```
//! use gatewright_config::{AuthorizationType, Config};
//!
//! let file = r#"{
//!   "awsAPIPlugin": {
//!     "orders": {
//!       "endpointType": "REST",
//!       "endpoint": "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod/",
//!       "authorizationType": "AWS_IAM"
//!     }
//!   }
//! }"#;
//!
//! let config = Config::from_slice("amplifyconfiguration.json", file.as_bytes())?;
//! let orders = config.api(Some("orders"))?;
//!
//! assert_eq!(orders.endpoint, "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/prod");
//! assert_eq!(orders.region.as_deref(), Some("eu-west-1"));
//! assert_eq!(orders.authorization, AuthorizationType::AwsIam);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod api;
mod auth;
mod config;
mod endpoint;
mod findings;
mod form;
mod gen1;
mod json;
mod node;
mod problem;
mod secret;
mod suggest;

pub use api::{Api, AuthorizationType};
pub use auth::{AuthenticationFlow, CognitoAuth, IdentityPool, UserPool};
pub use config::{Config, NoSuchApi};
pub use problem::{Problem, Report};
pub use secret::Secret;
