//! The device that a user signs in from, in a user pool that remembers devices.

use crate::api::{NewDevice, NewTokens};
use crate::srp::DeviceVerifier;
use crate::{Error, Secret, Session};

/// Confirms the device that came with these tokens, if one did: such a pool renews them only for a device that is
/// confirmed (`GetTokensFromRefreshToken`, Amazon Cognito user pools API reference). They are good without that until they
/// expire, so that a failure is kept for then.
pub(super) async fn confirm(session: &Session, tokens: &mut NewTokens) {
    if let Some(device) = &mut tokens.device {
        device.unconfirmed = send(session, &tokens.access, device).await.err();
    }
}

async fn send(session: &Session, access: &Secret, device: &NewDevice) -> Result<(), Error> {
    let verifier = DeviceVerifier::new(&device.group_key, &device.key, session.random())?;
    let api = session.user_pool()?;
    api.confirm_device(access, &device.key, &verifier).await
}
