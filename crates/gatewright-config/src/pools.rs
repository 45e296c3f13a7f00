//! The pools as members of one object, as the flat form and Gen 2 outputs give them.

use crate::auth::{AuthenticationFlow, CognitoAuth, IdentityPool, UserPool};
use crate::findings::Findings;
use crate::node::{Node, Text};
use crate::{endpoint, ids};

/// What a form calls the settings.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) user_pool: &'static str,
    pub(crate) client: &'static str,
    pub(crate) identity_pool: &'static str,
    /// The first that is there counts.
    pub(crate) regions: &'static [&'static str],
}

/// The pools, `None` when the object names neither.
pub(crate) fn read(
    node: &Node<'_>,
    keys: &Keys,
    allows_guests: bool,
    findings: &mut Findings,
) -> Option<CognitoAuth> {
    let has_users = node.says(keys.user_pool) || node.says(keys.client);
    let has_identities = node.says(keys.identity_pool);
    if !has_users && !has_identities {
        return None;
    }
    let mut pools = Pools {
        node,
        keys,
        region: given_region(node, keys, findings),
        findings,
    };
    Some(CognitoAuth {
        user_pool: has_users.then(|| pools.users()).flatten(),
        identity_pool: has_identities
            .then(|| pools.identities(allows_guests))
            .flatten(),
        flow: AuthenticationFlow::default(),
    })
}

fn given_region<'a>(node: &Node<'a>, keys: &Keys, findings: &mut Findings) -> Option<Text<'a>> {
    let key = keys.regions.iter().find(|key| node.says(key))?;
    let given = findings.optional(node, key)?;
    if !endpoint::is_region(given.value) {
        let message = "is not the name of a region: name one such as `eu-west-1`";
        findings.problem(&given.node, message);
        return None;
    }
    Some(given)
}

struct Pools<'r, 'a> {
    node: &'r Node<'a>,
    keys: &'r Keys,
    region: Option<Text<'a>>,
    findings: &'r mut Findings,
}

impl Pools<'_, '_> {
    fn users(&mut self) -> Option<UserPool> {
        let id = ids::user_pool(self.node, self.keys.user_pool, self.findings);
        let client_id = ids::client(self.node, self.keys.client, self.findings);
        let id = id?;
        let region = self.region(&id, '_');
        Some(UserPool {
            id: id.value.to_owned(),
            client_id: client_id?.value.to_owned(),
            client_secret: None,
            region: region?,
            endpoint: None,
        })
    }

    fn identities(&mut self, allows_guests: bool) -> Option<IdentityPool> {
        let id = ids::identity_pool(self.node, self.keys.identity_pool, self.findings)?;
        Some(IdentityPool {
            region: self.region(&id, ':')?,
            id: id.value.to_owned(),
            allows_guests,
        })
    }

    /// The region that the id begins with, as for the JavaScript library: the file has one region for two pools, and
    /// they may lie in different ones.
    fn region(&mut self, id: &Text<'_>, separator: char) -> Option<String> {
        let in_id = endpoint::region_of_id(id.value, separator);
        let given = self.region.as_ref().map(|given| given.value);
        match in_id {
            Some(region) => self.warn_of_another(region, id),
            None => self.require_given(id),
        }
        in_id.or(given).map(str::to_owned)
    }

    fn warn_of_another(&mut self, region: &str, id: &Text<'_>) {
        if let Some(given) = self.region.as_ref().filter(|given| given.value != region) {
            let pointer = id.node.pointer();
            let message = format!(
                "differs from the region that #{pointer} begins with, `{region}`, which counts"
            );
            self.findings.warning(&given.node, message);
        }
    }

    /// One that is there but wrong was reported when it was read.
    fn require_given(&mut self, id: &Text<'_>) {
        if !self.keys.regions.iter().any(|key| self.node.says(key)) {
            let (key, pointer) = (self.keys.regions[0], id.node.pointer());
            let message =
                format!("`{key}` is missing, and #{pointer} does not begin with a region");
            self.findings.problem(self.node, message);
        }
    }
}
