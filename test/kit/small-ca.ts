import {
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';

/** One value in DER: tag, length, content (X.690). */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}

const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const integer = (...bytes: number[]) => der(0x02, Buffer.from(bytes));
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content);
const octets = (content: Uint8Array) => der(0x04, content);
const yes = der(0x01, Buffer.from([0xff]));

/** An object identifier whose first two numbers make one byte; each part below 2^14. */
function oid(first: number, ...rest: number[]): Buffer {
  const bytes = rest.flatMap((part) => {
    const low = part & 0x7f;
    const middle = (part >> 7) & 0x7f;
    const high = part >> 14;
    if (high > 0) return [0x80 | high, 0x80 | middle, low];
    return middle > 0 ? [0x80 | middle, low] : [low];
  });
  return der(0x06, Buffer.from([first, ...bytes]));
}

const COMMON_NAME = oid(0x55, 4, 3);
const BASIC_CONSTRAINTS = oid(0x55, 29, 19);
const ALT_NAME = oid(0x55, 29, 17);
/** ECDSA with SHA-256. */
const ALGORITHM = sequence(oid(0x2a, 840, 10045, 4, 3, 2));

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
}

function utc(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${text}Z`));
}

interface Wanted {
  readonly subject: string;
  readonly isCa?: boolean;
  /** Addresses the certificate is for. */
  readonly ipv4?: readonly number[];
}

function extensions({ isCa, ipv4 }: Wanted): Buffer[] {
  const list: Buffer[] = [];
  if (isCa) list.push(sequence(BASIC_CONSTRAINTS, yes, octets(sequence(yes))));
  if (ipv4) {
    list.push(sequence(ALT_NAME, octets(sequence(der(0x87, Buffer.from(ipv4))))));
  }
  return list.length === 0 ? [] : [der(0xa3, sequence(...list))];
}

export interface Issued {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority for one test: P-256 keys, X.509 v3, valid for a day. */
export class SmallCa {
  readonly cert: string;
  readonly #name: string;
  readonly #key: KeyObject;

  constructor(name: string) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#name = name;
    this.#key = pair.privateKey;
    this.cert = this.#sign({ subject: name, isCa: true }, pair.publicKey);
  }

  issue(wanted: Wanted): Issued {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return { cert: this.#sign(wanted, pair.publicKey), key };
  }

  /** The list of what is revoked, in PEM; good for a day. */
  revocations(revoked: readonly Issued[]): string {
    const nowMs = Date.now();
    const entries = revoked.map(({ cert }) => {
      const serial = Buffer.from(new X509Certificate(cert).serialNumber, 'hex');
      return sequence(integer(...serial), utc(nowMs));
    });
    return this.#sealed('X509 CRL', [
      ...[integer(1), ALGORITHM, nameOf(this.#name), utc(nowMs), utc(nowMs + 86_400_000)],
      sequence(...entries),
    ]);
  }

  #sign(wanted: Wanted, key: KeyObject): string {
    const nowMs = Date.now();
    return this.#sealed('CERTIFICATE', [
      der(0xa0, integer(2)),
      integer(1, ...randomBytes(8)),
      ALGORITHM,
      nameOf(this.#name),
      sequence(utc(nowMs - 86_400_000), utc(nowMs + 86_400_000)),
      nameOf(wanted.subject),
      key.export({ type: 'spki', format: 'der' }),
      ...extensions(wanted),
    ]);
  }

  /** Signed and in PEM. */
  #sealed(label: string, parts: readonly Buffer[]): string {
    const body = sequence(...parts);
    const signature = sign('sha256', body, this.#key);
    const base64 = sequence(body, ALGORITHM, bits(signature)).toString('base64');
    const lines = base64.match(/.{1,64}/g) ?? [];
    return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
  }
}
