//! Reads Amplify configuration files (`amplifyconfiguration.json`, `aws-exports.js`,
//! `amplify_outputs.json`). Pure: bytes in, a [`Config`] or a [`Report`] out.
//!
//! Every form of the file is read into the same [`Config`]. The forms are told apart by content, because two of them
//! share one name:
//!
//! - the nested file that the Gen 1 CLI writes for iOS, Android and Flutter, with `api.plugins.awsAPIPlugin.<name>` and
//!   `auth.plugins.awsCognitoAuthPlugin`;
//! - the short form of Amplify's documentation, with `awsAPIPlugin`, or `CognitoUserPool` and
//!   `CredentialsProvider`, at the top;
//! - the flat form that the Gen 1 CLI writes for JavaScript, with `aws_cloud_logic_custom` and other `aws_…` keys: as
//!   JSON, or as the script `aws-exports.js` (`const awsmobile = {…}; export default awsmobile;`);
//! - Gen 2 `amplify_outputs.json`, with `auth` and, by the convention of Amplify's page "Set up Amplify REST API",
//!   `custom.API.<name>`.
//!
//! The last two have no `authorizationType` of their own. It is read where an entry gives one (and `apiKey` likewise);
//! an entry without is taken for `AWS_IAM`, the mode of the JavaScript library.
//!
//! A secret of the file, such as an API key, is a [`Secret`]: its `Debug` shows nothing, and [`Secret::expose`] gives the text.
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
mod entry;
mod findings;
mod flat;
mod form;
mod gen1;
mod gen2;
mod ids;
mod json;
mod node;
mod pools;
mod printable;
mod problem;
mod script;
mod suggest;

pub use api::{Api, AuthorizationType};
pub use auth::{AuthenticationFlow, CognitoAuth, IdentityPool, UserPool};
pub use config::{Config, NoSuchApi};
pub use gatewright_core::Secret;
pub use problem::{Problem, Report};
