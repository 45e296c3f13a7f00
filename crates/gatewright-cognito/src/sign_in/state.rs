//! The state of a sign-in.

use std::fmt;

use super::challenge::{Challenge, Step};
use super::device;
use super::srp_proof::{SrpProof, VERIFIER};
use crate::api::{AuthResponse, IssuedChallenge, Parameters, UserPoolApi};
use crate::{Error, ErrorKind, Secret, Session};

/// More challenges than any sign-in has. A user pool without an end is broken.
const MOST_CHALLENGES: u32 = 100;

/// The state of one sign-in. Each challenge holds the state that it belongs to, so a wrong response changes nothing.
#[derive(Clone)]
pub(super) struct SignInState {
    session: Session,
    /// The name as the user typed it, perhaps an alias.
    typed: String,
    /// The user's name in the pool, as soon as the pool sends it. Secret hashes need that name.
    username: String,
    /// Cognito's `Session` for this state.
    token: Option<Secret>,
    challenges: u32,
}

impl SignInState {
    pub(super) fn new(session: Session, username: String) -> Self {
        Self {
            session,
            typed: username.clone(),
            username,
            token: None,
            challenges: 0,
        }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// The name as the user typed it.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn api(&self) -> Result<&UserPoolApi, Error> {
        self.session.user_pool()
    }

    /// Cognito's `Session` for this state, for a call that needs it.
    pub(super) fn token(&self) -> Result<&Secret, Error> {
        self.token.as_ref().ok_or_else(|| {
            let message = "the user pool sent a challenge without the session that belongs to it";
            Error::new(ErrorKind::Service, message)
        })
    }

    /// The same state with a new `Session`, if there is one.
    pub(super) fn renamed(&self, token: Option<Secret>) -> Self {
        let mut renamed = self.clone();
        renamed.token = token.or(renamed.token);
        renamed
    }

    pub(super) async fn initiate(
        self,
        flow: &'static str,
        parameters: Parameters,
        proof: Option<SrpProof>,
    ) -> Result<Step, Error> {
        let parameters = parameters.with("USERNAME", &*self.username);
        let response = self.api()?.initiate_auth(flow, parameters).await?;
        self.prove(response, proof).await
    }

    pub(super) async fn respond(&self, challenge: &str, given: Parameters) -> Result<Step, Error> {
        let response = self.send(challenge, given).await?;
        self.clone().settle(response).await
    }

    /// Responds to a challenge that a `PASSWORD_VERIFIER` may follow, which takes `proof`.
    pub(super) async fn respond_with(
        &self,
        challenge: &str,
        given: Parameters,
        proof: Option<SrpProof>,
    ) -> Result<Step, Error> {
        let response = self.send(challenge, given).await?;
        self.clone().prove(response, proof).await
    }

    /// Proves the password if the pool asks for it, and only once.
    async fn prove(self, response: AuthResponse, proof: Option<SrpProof>) -> Result<Step, Error> {
        let (AuthResponse::Challenge(challenge), Some(proof)) = (&response, proof) else {
            return self.settle(response).await;
        };
        if challenge.name != VERIFIER {
            return self.settle(response).await;
        }
        let next = self.next(challenge)?;
        let given = proof.responses(challenge, &next.username, &next.session)?;
        let response = next.send(VERIFIER, given).await?;
        next.settle(response).await
    }

    async fn send(&self, challenge: &str, given: Parameters) -> Result<AuthResponse, Error> {
        let given = given.with("USERNAME", &*self.username);
        let api = self.api()?;
        api.respond(challenge, self.token.as_ref(), given).await
    }

    async fn settle(self, response: AuthResponse) -> Result<Step, Error> {
        match response {
            AuthResponse::Tokens(mut tokens) => {
                device::confirm(&self.session, &mut tokens).await;
                self.session.signed_in(&self.typed, tokens).await?;
                Ok(Step::SignedIn)
            }
            AuthResponse::Challenge(challenge) => {
                let next = self.next(&challenge)?;
                Challenge::read(next, challenge).await.map(Step::Challenge)
            }
        }
    }

    /// The state of this challenge.
    fn next(&self, challenge: &IssuedChallenge) -> Result<Self, Error> {
        let mut next = self.renamed(challenge.session.clone());
        next.challenges += 1;
        if next.challenges > MOST_CHALLENGES {
            let message =
                format!("the user pool sent more than {MOST_CHALLENGES} challenges in one sign-in");
            return Err(Error::new(ErrorKind::Service, message));
        }
        // Challenges of Cognito use the first name, custom challenges the second.
        let mut names = ["USER_ID_FOR_SRP", "USERNAME"].into_iter();
        if let Some(id) = names.find_map(|name| challenge.parameters.get(name)) {
            next.username.clone_from(id);
        }
        Ok(next)
    }
}

impl fmt::Debug for SignInState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInState")
            .field("username", &self.typed)
            .finish_non_exhaustive()
    }
}
