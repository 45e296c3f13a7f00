//! The command line.

use gatewright::{BaseUrl, BoxError};

const USAGE: &str = "\
usage: signin [--config FILE] [--api NAME] [--path PATH] [--endpoint URL] [--user NAME]
  --config    the Amplify configuration; default: amplifyconfiguration.json
  --api       which of its REST APIs; needed if it has several
  --path      what to get; default: /
  --endpoint  where Cognito is, if not at AWS
  --user      who signs in; asked for otherwise";

#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) config: String,
    pub(crate) api: Option<String>,
    pub(crate) path: String,
    pub(crate) endpoint: Option<BaseUrl>,
    pub(crate) user: Option<String>,
}

impl Default for Arguments {
    fn default() -> Self {
        Self {
            config: "amplifyconfiguration.json".to_owned(),
            api: None,
            path: "/".to_owned(),
            endpoint: None,
            user: None,
        }
    }
}

impl Arguments {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, BoxError> {
        let mut arguments = Self::default();
        while let Some(name) = words.next() {
            let value = words.next().ok_or(USAGE)?;
            match &*name {
                "--config" => arguments.config = value,
                "--api" => arguments.api = Some(value),
                "--path" => arguments.path = value,
                "--endpoint" => arguments.endpoint = Some(value.parse()?),
                "--user" => arguments.user = Some(value),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, BoxError> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn everything_has_a_default_or_is_asked_for() {
        let arguments = parse("").unwrap();
        assert_eq!(arguments.config, "amplifyconfiguration.json");
        assert_eq!(arguments.path, "/");
        assert!(arguments.user.is_none());
    }

    #[test]
    fn options_are_read_in_any_order() {
        let arguments = parse("--user alice --endpoint http://127.0.0.1:4566 --path /iam").unwrap();
        assert_eq!(arguments.user.as_deref(), Some("alice"));
        assert_eq!(arguments.path, "/iam");
        let endpoint = arguments.endpoint.unwrap().to_string();
        assert_eq!(endpoint, "http://127.0.0.1:4566");
    }

    #[test]
    fn what_is_wrong_is_refused_with_the_usage() {
        for line in ["--user", "--password x", "alice", "--help"] {
            assert_eq!(parse(line).unwrap_err().to_string(), USAGE);
        }
        assert!(parse("--endpoint nowhere").is_err());
    }
}
