//! What an app adds to one API of the file, and whether it fits the API's `authorizationType`.

use gatewright::ProvideToken;
use gatewright::layers::sigv4::ProvideCredentials;
use gatewright::layers::{BearerTokenLayer, OnConflict, SigV4Layer};
use gatewright::stack::Stack;
use gatewright_config::Api;
use gatewright_config::AuthorizationType::{
    self, AmazonCognitoUserPools, AwsIam, AwsLambda, OpenidConnect,
};

#[derive(Default)]
pub(crate) struct Given {
    pub(crate) tokens: Option<Tokens>,
    pub(crate) credentials: Option<Credentials>,
    pub(crate) id_token: bool,
    pub(crate) bearer: bool,
    /// Interceptors, in the order in which they were added.
    pub(crate) changes: Vec<Change>,
    repeated: Vec<&'static str>,
}

/// Changes a stack.
pub(crate) type Change = Box<dyn FnOnce(Stack) -> Stack + Send>;

/// Puts tokens of a provider into a stack; with `Bearer` before them if it is told so.
pub(crate) type Tokens = Box<dyn FnOnce(Stack, bool) -> Stack + Send>;

/// Puts a signer for a region into a stack.
pub(crate) type Credentials = Box<dyn FnOnce(Stack, &str) -> Stack + Send>;

impl Given {
    pub(crate) fn give_tokens(&mut self, provider: impl ProvideToken) {
        let tokens: Tokens = Box::new(|stack, bearer| with_tokens(stack, provider, bearer));
        if self.tokens.replace(tokens).is_some() {
            self.repeated.push("token");
        }
    }

    pub(crate) fn give_credentials(&mut self, provider: impl ProvideCredentials + 'static) {
        let credentials: Credentials =
            Box::new(|stack, region| signed(stack, SigV4Layer::new(region, provider)));
        if self.credentials.replace(credentials).is_some() {
            self.repeated.push("credentials");
        }
    }

    /// What does not fit, each with a way out.
    pub(crate) fn misfits(&self, api: &Api) -> Vec<String> {
        let (name, mode) = (&api.name, api.authorization);
        let repeated = self.repeated.iter().map(|call| {
            format!("API `{name}` ({mode}) is given `.{call}(\"{name}\", ..)` twice: leave one out")
        });
        let useless = CALLS
            .iter()
            .filter(|call| (call.was_made)(self) && !call.modes.contains(&mode));
        let useless = useless.map(|call| {
            let (call, more, modes) = (call.name, call.more, listed(call.modes));
            format!(
                "API `{name}` ({mode}) has no use for `.{call}(\"{name}\"{more})`, which is for {modes}: leave it out"
            )
        });
        let is_shadowed = mode == AmazonCognitoUserPools && self.tokens.is_some() && self.id_token;
        let shadowed = is_shadowed.then(|| {
            format!(
                "API `{name}` ({mode}) is given `.id_token(\"{name}\")` beside `.token(\"{name}\", ..)`, whose tokens are \
                 sent whatever they are: leave one out"
            )
        });
        repeated.chain(useless).chain(shadowed).collect()
    }
}

/// A method of the builder, and the modes that it is for.
struct Call {
    name: &'static str,
    /// What it takes beside the API's name.
    more: &'static str,
    was_made: fn(&Given) -> bool,
    modes: &'static [AuthorizationType],
}

const TOKENS: &[AuthorizationType] = &[AmazonCognitoUserPools, OpenidConnect, AwsLambda];

const CALLS: [Call; 4] = [
    Call {
        name: "token",
        more: ", ..",
        was_made: |given| given.tokens.is_some(),
        modes: TOKENS,
    },
    Call {
        name: "bearer",
        more: "",
        was_made: |given| given.bearer,
        modes: TOKENS,
    },
    Call {
        name: "id_token",
        more: "",
        was_made: |given| given.id_token,
        modes: &[AmazonCognitoUserPools],
    },
    Call {
        name: "credentials",
        more: ", ..",
        was_made: |given| given.credentials.is_some(),
        modes: &[AwsIam],
    },
];

fn listed(modes: &[AuthorizationType]) -> String {
    let modes: Vec<&str> = modes.iter().map(|mode| mode.as_str()).collect();
    match modes.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => modes.concat(),
    }
}

/// The provider is asked for each request, as Amplify's libraries do: whoever signs in or out is another caller from the next
/// request on.
pub(crate) fn with_tokens(stack: Stack, provider: impl ProvideToken, bearer: bool) -> Stack {
    let layer = BearerTokenLayer::new(provider).uncached();
    let layer = layer.on_conflict(OnConflict::Refuse);
    stack.token(if bearer { layer } else { layer.raw() })
}

pub(crate) fn signed<P: ProvideCredentials + 'static>(stack: Stack, layer: SigV4Layer<P>) -> Stack {
    stack.iam(layer.on_conflict(OnConflict::Refuse))
}
