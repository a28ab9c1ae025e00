import type { CentreFault, CentreFaultKind } from './centre-port.ts';

/** What PostgreSQL or the socket said, as far as it said anything. */
interface Said {
  readonly code: string;
  readonly message: string;
}

/** One code of the centre: what it means here and what a person should do about it. */
interface Meaning {
  readonly kind: CentreFaultKind;
  readonly code: string;
  readonly text: string;
}

/** SQLSTATEs and socket codes by name. Classes of SQLSTATE follow below. */
const KNOWN: Readonly<Record<string, Meaning>> = {
  P0C01: {
    kind: 'refused',
    code: 'not-enrolled',
    text: 'the centre knows the login but no console by it: have the console enrolled there',
  },
  P0E01: {
    kind: 'refused',
    code: 'epoch-closed',
    text: 'the centre has begun a later epoch of this console: is there a second one?',
  },
  P0G01: { kind: 'resume', code: 'gap', text: 'the centre holds less than was thought' },
  P0F01: {
    kind: 'fork',
    code: 'fork',
    text: 'the centre holds other events under the same numbers: upload stopped',
  },
  P0H01: {
    kind: 'refused',
    code: 'wrong-hash',
    text: 'the centre computes another hash: verify the journal of this console',
  },
  P0L01: { kind: 'too-large', code: 'too-many-rows', text: 'the centre takes fewer rows at once' },
  P0L02: {
    kind: 'too-large',
    code: 'too-many-bytes',
    text: 'the centre takes fewer bytes at once',
  },
  P0B01: {
    kind: 'refused',
    code: 'malformed-batch',
    text: 'the centre does not understand the batch: console and centre differ in version',
  },
  '28P01': { kind: 'refused', code: 'login-refused', text: 'the centre refuses the login' },
  '28000': {
    kind: 'refused',
    code: 'login-refused',
    text: "the centre refuses the login or the console's certificate",
  },
  '3D000': { kind: 'refused', code: 'no-database', text: 'the centre has no such database' },
  '42501': {
    kind: 'refused',
    code: 'not-permitted',
    text: 'the login may not execute hello and push at the centre',
  },
  '42883': {
    kind: 'refused',
    code: 'no-function',
    text: 'the centre lacks hello or push: its definitions are older than this console',
  },
  '3F000': { kind: 'refused', code: 'no-schema', text: 'the centre lacks the schema "central"' },
  '40001': { kind: 'busy', code: 'serialization', text: 'the centre asks to send again' },
  '40P01': { kind: 'busy', code: 'deadlock', text: 'the centre asks to send again' },
  '55P03': { kind: 'busy', code: 'locked', text: 'another upload of this console holds the chain' },
  '57014': { kind: 'busy', code: 'cancelled', text: 'the centre gave up on the batch in its time' },
  '53300': { kind: 'lost', code: 'too-many-connections', text: 'the centre is full just now' },
  '53100': { kind: 'lost', code: 'centre-disk-full', text: "the centre's disk is full" },
  '57P01': { kind: 'lost', code: 'shutting-down', text: 'the centre is shutting down' },
  '57P03': { kind: 'lost', code: 'starting', text: 'the centre is starting' },
  ECONNREFUSED: {
    kind: 'lost',
    code: 'unreachable',
    text: 'nobody answers at the address of the centre',
  },
  ENOTFOUND: { kind: 'lost', code: 'unknown-host', text: "the centre's name is not known here" },
  EHOSTUNREACH: { kind: 'lost', code: 'unreachable', text: 'no way to the centre' },
  ENETUNREACH: { kind: 'lost', code: 'unreachable', text: 'no way to the centre' },
  ECONNRESET: { kind: 'lost', code: 'broken-off', text: 'the line to the centre broke off' },
  EPIPE: { kind: 'lost', code: 'broken-off', text: 'the line to the centre broke off' },
  ETIMEDOUT: { kind: 'lost', code: 'timeout', text: 'the centre did not answer in time' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    kind: 'refused',
    code: 'wrong-server',
    text: "the centre's certificate is for another host",
  },
};

/** What the other side's OpenSSL did not accept of ours: unknown, revoked or expired. */
const ALERT = /^ERR_SSL_.*_ALERT_/;
/** Certificates that OpenSSL does not accept, by the codes that Node gives them. */
const CERTIFICATE = /^(UNABLE_TO_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|ERR_SSL_|ERR_OSSL_|HOSTNAME_)/;
/** SQLSTATE classes in which the fault is the line's or passes: connection, resources, operator. */
const PASSING = /^(08|53|57|58|XX)/;

export const timeoutFault: CentreFault = {
  kind: 'lost',
  code: 'timeout',
  text: 'the centre did not answer in time',
};

/** Whether a smaller batch may get through where this one did not. */
export function asksForLess({ kind, code }: CentreFault): boolean {
  return kind === 'busy' || kind === 'too-large' || code === timeoutFault.code;
}

/** The longest text that is shown and journalled. */
const MAX_TEXT = 280;

/** What an error of the line or of PostgreSQL means. Unknown ones are the line's fault. */
export function centreFault(error: unknown): CentreFault {
  const said = readError(error);
  const known = KNOWN[said.code];
  if (known) return { ...known, text: withDetail(known.text, said.message) };
  if (ALERT.test(said.code)) {
    const text = "the centre does not accept this console's certificate";
    return { kind: 'refused', code: 'own-certificate', text: withDetail(text, said.message) };
  }
  if (CERTIFICATE.test(said.code)) {
    const text = "the centre's certificate is not accepted";
    return { kind: 'refused', code: 'certificate', text: withDetail(text, said.message) };
  }
  if (/timeout expired|read timeout/i.test(said.message)) return timeoutFault;
  // pg itself refuses to answer a server that asks for a password when it has none.
  if (/password must be/i.test(said.message)) {
    const text = 'the centre asks for a password and this console has none';
    return { kind: 'refused', code: 'login-refused', text };
  }
  // A handshake that fails for its version has no code of its own.
  if (/alert protocol version|unsupported protocol/i.test(said.message)) {
    return { kind: 'refused', code: 'old-tls', text: 'the centre does not speak TLS 1.3' };
  }
  if (/does not support SSL/i.test(said.message)) {
    return { kind: 'refused', code: 'no-tls', text: 'the centre offers no encrypted connection' };
  }
  const isState = /^[0-9A-Z]{5}$/.test(said.code);
  const kind = isState && !PASSING.test(said.code) ? 'refused' : 'lost';
  const code = said.code === '' ? 'broken-off' : `centre-${said.code.toLowerCase().slice(0, 30)}`;
  return { kind, code, text: withDetail('the centre could not take it', said.message) };
}

function readError(error: unknown): Said {
  if (typeof error !== 'object' || error === null) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // A name with several addresses fails with all their errors in one and an empty message.
  if (error instanceof AggregateError) {
    const first = readError(error.errors[0]);
    return { code: code || first.code, message: error.message || first.message };
  }
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { code, message };
}

function withDetail(text: string, detail: string): string {
  return (detail === '' ? text : `${text} (${detail})`).slice(0, MAX_TEXT);
}
