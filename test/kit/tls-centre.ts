import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CentreTarget, CentreTls } from '../../src/main/engine/sync/centre-address.ts';
import type { SiteCentre } from '../../src/shared/domain/site.ts';
import { must } from '../../src/shared/lib/assert.ts';
import type { CentreLogin } from '../../src/training/centre/training-centre.ts';
import { TestCentre } from './centre.ts';
import { type Issued, SmallCa } from './small-ca.ts';

const LOOPBACK = [127, 0, 0, 1];
/** As docs/centre.md has it: a console comes by TLS with its certificate, or not at all. */
const HBA =
  'host all postgres 127.0.0.1/32 scram-sha-256\n' +
  'hostssl central +console_role 127.0.0.1/32 cert\n' +
  'host all all all reject\n';

/** A real PostgreSQL centre that takes consoles over TLS 1.3 by their certificates alone. */
export class TlsCentre {
  readonly centre: TestCentre;
  readonly ca = new SmallCa('Test centre CA');

  private constructor(centre: TestCentre) {
    this.centre = centre;
  }

  static async start(durable = false): Promise<TlsCentre> {
    const tls = new TlsCentre(await TestCentre.start(durable));
    await tls.serve(tls.ca.issue({ subject: 'centre', ipv4: LOOPBACK }));
    return tls;
  }

  /** Starts the server anew with another certificate. */
  async serve(server: Issued): Promise<void> {
    this.put('server.crt', server.cert);
    this.put('server.key', server.key);
    this.put('ca.crt', this.ca.cert);
    this.put('pg_hba.conf', HBA);
    await this.centre.sql("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
    await this.centre.sql("ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.3'");
    await this.set('ssl', 'on');
  }

  /** Starts the server anew with another setting. */
  async set(name: string, value: string): Promise<void> {
    await this.centre.sql(`ALTER SYSTEM SET ${name} = '${value}'`);
    await this.centre.stopServer();
    await this.centre.startServer();
  }

  /** These certificates are good no longer. */
  async revoke(issued: readonly Issued[]): Promise<void> {
    this.put('revoked.crl', this.ca.revocations(issued));
    await this.set('ssl_crl_file', 'revoked.crl');
  }

  /** A file of the server: its own user must own it. */
  put(name: string, text: string): void {
    const pgdata = join(this.centre.folder, 'centre', 'pgdata');
    const path = join(pgdata, name);
    writeFileSync(path, text, { mode: 0o600 });
    const { uid, gid } = statSync(pgdata);
    if (process.getuid?.() === 0) chownSync(path, uid, gid);
  }

  /** As a console with a certificate of its own reaches it. */
  target(login: CentreLogin = this.centre.login): CentreTarget {
    const { host, port, database, user } = login;
    return { host, port, database, user, tls: tlsOf(this.ca.issue({ subject: user }), this.ca) };
  }

  /** What a site file says of the centre, whose certificates are laid down for it. */
  siteCentre({ tls, ...address }: CentreTarget): SiteCentre {
    const certificates = putCertificates(this.centre.folder, must(tls, 'certificates'));
    return { ...address, certificates };
  }

  dispose(): Promise<void> {
    return this.centre.dispose();
  }
}

export function tlsOf(client: Issued, authority: SmallCa): CentreTls {
  return { sslmode: 'verify-full', ca: authority.cert, cert: client.cert, key: client.key };
}

/** As the administrator of a site would lay them down; returns the folder. */
export function putCertificates(dir: string, tls: CentreTls): string {
  const folder = join(dir, 'certificates');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.pem'), tls.ca);
  writeFileSync(join(folder, 'cert.pem'), tls.cert);
  writeFileSync(join(folder, 'key.pem'), tls.key, { mode: 0o600 });
  return folder;
}
