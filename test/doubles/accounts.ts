import type { Door } from '../../shared/kernel/access-card.ts';
import type { AccountsPort, SignInOutcome } from '../../shared/kernel/grant.ts';

interface Account {
  password: string;
  secret?: string;
  enrolled: boolean;
  refreshTokens: Set<string>;
}

/** The code that a secret's authenticator shows in tests: its last six characters. */
export const codeOf = (secret: string): string => secret.slice(-6);

export interface MemoryAccounts extends AccountsPort {
  has(door: Door, username: string): boolean;
  isEnrolled(door: Door, username: string): boolean;
}

/** Pools of accounts as AWS behaves: at an MFA door (staff, authority) who is not enrolled gets `enrol`, who is gets `totp`. */
export const memoryAccounts = ({
  mfa = ['staff', 'authority'],
  shows = codeOf,
}: {
  mfa?: readonly Door[];
  /** What the authenticator of a secret shows now, when a test wants the real one. */
  shows?: (secret: string) => string;
} = {}): MemoryAccounts => {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, { door: Door; username: string }>();
  const tokens = new Map<string, { door: Door; username: string }>();
  let count = 0;
  const at = (door: Door, username: string) => accounts.get(`${door}/${username}`);
  const must = (door: Door, username: string): Account => {
    const account = at(door, username);
    if (!account) throw new RangeError(`no account ${door}/${username}`);
    return account;
  };
  const session = (door: Door, username: string): string => {
    const name = `session-${++count}`;
    sessions.set(name, { door, username });
    return name;
  };
  const signedIn = (door: Door, username: string): SignInOutcome => {
    const accessToken = `access-${++count}`;
    const refreshToken = `refresh-${count}`;
    must(door, username).refreshTokens.add(refreshToken);
    tokens.set(accessToken, { door, username });
    return { outcome: 'tokens', accessToken, refreshToken, expiresIn: 600 };
  };
  const proved = (door: Door, proof: { session: string } | { accessToken: string }): Account => {
    const holder = 'session' in proof ? sessions.get(proof.session) : tokens.get(proof.accessToken);
    if (holder?.door !== door) throw new RangeError('this proof is not of this door');
    return must(door, holder.username);
  };
  return {
    has: (door, username) => at(door, username) !== undefined,
    isEnrolled: (door, username) => at(door, username)?.enrolled ?? false,
    async create(door, username, password) {
      if (at(door, username)) throw new RangeError(`the account ${door}/${username} exists`);
      accounts.set(`${door}/${username}`, { password, enrolled: false, refreshTokens: new Set() });
    },
    exists: async (door, username) => at(door, username) !== undefined,
    async signIn(door, username, password) {
      const account = at(door, username);
      if (account?.password !== password) return { outcome: 'refused' };
      if (account.enrolled) return { outcome: 'totp', challenge: session(door, username) };
      return mfa.includes(door) ? { outcome: 'enrol', challenge: session(door, username) } : signedIn(door, username);
    },
    async answerTotp(door, username, challenge, code) {
      const holder = sessions.get(challenge);
      const account = at(door, username);
      if (!account?.secret || holder?.door !== door || holder.username !== username || shows(account.secret) !== code)
        return { outcome: 'refused' };
      sessions.delete(challenge);
      return signedIn(door, username);
    },
    async refresh(door, username, refreshToken) {
      if (!at(door, username)?.refreshTokens.has(refreshToken)) return undefined;
      const accessToken = `access-${++count}`;
      tokens.set(accessToken, { door, username });
      return { accessToken, expiresIn: 600 };
    },
    async revoke(door, refreshToken) {
      for (const [name, account] of accounts) if (name.startsWith(`${door}/`)) account.refreshTokens.delete(refreshToken);
    },
    async signOutEverywhere(door, username) {
      at(door, username)?.refreshTokens.clear();
    },
    async setPassword(door, username, password) {
      must(door, username).password = password;
    },
    async delete(door, username) {
      accounts.delete(`${door}/${username}`);
    },
    async beginTotp(door, proof) {
      const account = proved(door, proof);
      // Base32, as Cognito's are.
      account.secret = `SECRET${String(++count)
        .padStart(10, '0')
        .replace(/\d/g, (digit) => 'ABCDEFGHIJ'[Number(digit)] ?? 'A')}`;
      return { secret: account.secret, ...('session' in proof && { session: proof.session }) };
    },
    async confirmTotp(door, proof, code) {
      const account = proved(door, proof);
      if (!account.secret || shows(account.secret) !== code) return false;
      account.enrolled = true;
      return true;
    },
    async completeEnrolment(door, username, name, code) {
      const holder = sessions.get(name);
      const account = at(door, username);
      if (!account?.secret || holder?.door !== door || holder.username !== username || shows(account.secret) !== code)
        return { outcome: 'refused' };
      sessions.delete(name);
      account.enrolled = true;
      return signedIn(door, username);
    },
    async requireTotp(door, username) {
      must(door, username).enrolled = true;
    },
  };
};
