// An OpenID Connect provider at the loopback port $PORT. Its access tokens are JWTs for the audience `urn:notes` and
// live $TTL seconds; refresh tokens rotate.
import { Provider } from 'oidc-provider';

const port = Number(process.env.PORT);
const ttl = Number(process.env.TTL);
const issuer = `http://127.0.0.1:${port}`;
const people = { alice: { sub: 'alice', email: 'alice@example.test' } };

const service = (client_id, token_endpoint_auth_method) => ({
  client_id,
  client_secret: `${client_id}-secret`,
  token_endpoint_auth_method,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
});

const terminal = {
  client_id: 'terminal',
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  redirect_uris: ['http://127.0.0.1/signed-in'],
  response_types: ['code'],
};

const notes = {
  scope: 'notes:read',
  audience: 'urn:notes',
  accessTokenFormat: 'jwt',
  accessTokenTTL: ttl,
  jwt: { sign: { alg: 'RS256' } },
};

const provider = new Provider(issuer, {
  clients: [service('service', 'client_secret_basic'), service('service-post', 'client_secret_post'), terminal],
  scopes: ['openid', 'email', 'offline_access', 'notes:read'],
  claims: { openid: ['sub'], email: ['email'] },
  findAccount: (_context, id) => people[id] && { accountId: id, claims: () => people[id] },
  features: {
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    // Its own pages for signing in and consenting, which take any password.
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:notes',
      useGrantedResource: () => true,
      getResourceServerInfo: () => notes,
    },
    revocation: { enabled: true },
  },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: ttl, ClientCredentials: ttl },
});
provider.listen(port, '127.0.0.1');
