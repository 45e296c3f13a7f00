//! A sign-in that is under way.

use std::fmt;

use super::srp_proof::{SrpProof, VERIFIER};
use super::{Challenge, Step, device};
use crate::api::{AuthResponse, IssuedChallenge, Parameters, UserPoolApi};
use crate::{Error, ErrorKind, Secret, Session};

/// More than any user is asked: a user pool that never has enough is broken, or not ours.
const MOST_CHALLENGES: u32 = 100;

/// Where one sign-in stands. A challenge holds the state that answers it, so that a wrong answer changes nothing.
#[derive(Clone)]
pub(super) struct SignInState {
    session: Session,
    /// As the user typed it: perhaps an alias.
    typed: String,
    /// What the pool calls the user, once it has said so: secret hashes are over that name.
    username: String,
    /// Cognito's name for this state.
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

    /// The user's name as they know it.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn api(&self) -> Result<&UserPoolApi, Error> {
        self.session.user_pool()
    }

    /// Cognito's name for this state, where a call cannot do without.
    pub(super) fn token(&self) -> Result<&Secret, Error> {
        self.token.as_ref().ok_or_else(|| {
            let message = "the user pool sent a challenge without the session that belongs to it";
            Error::new(ErrorKind::Service, message)
        })
    }

    /// The same state by its new name, if there is one.
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

    /// Answers with what may be followed by a demand for `proof`.
    pub(super) async fn respond_with(
        &self,
        challenge: &str,
        given: Parameters,
        proof: Option<SrpProof>,
    ) -> Result<Step, Error> {
        let response = self.send(challenge, given).await?;
        self.clone().prove(response, proof).await
    }

    /// The password is proved when it is asked for, and only once: nobody is there to see a second time.
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

    /// The state in which this challenge is answered.
    fn next(&self, challenge: &IssuedChallenge) -> Result<Self, Error> {
        let mut next = self.renamed(challenge.session.clone());
        next.challenges += 1;
        if next.challenges > MOST_CHALLENGES {
            let message = format!(
                "the user pool asked for more than {MOST_CHALLENGES} things in one sign-in"
            );
            return Err(Error::new(ErrorKind::Service, message));
        }
        // Challenges of Cognito's own say it by the first name, a pool's own by the second.
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
