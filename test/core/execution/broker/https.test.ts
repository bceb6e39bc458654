import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../support/folder.js';
import { runNode } from '../../../support/run.js';

const SUPPORT = JSON.stringify(import.meta.resolve('./support.js'));

describe('fetching by https', () => {
  const folder = temporaryFolder();
  const certificate = join(folder, 'certificate.pem');
  let server: Server | undefined;

  before(function (done) {
    try {
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key.pem'), '-out', certificate, '-subj', '/CN=api.example.org', '-addext', 'subjectAltName=DNS:api.example.org', '-days', '2'], { stdio: 'ignore' });
    } catch {
      return this.skip();
    }
    server = createServer({ key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(certificate) }, (_request, response) => { response.end('"by https"'); });
    server.listen(0, '127.0.0.1', done);
  });

  after(() => server?.close());

  /** What a host gets that trusts those authorities, where every name leads to the server. */
  async function fetched(name: string, authorities: Readonly<Record<string, string>>): Promise<unknown> {
    const port = String((server?.address() as AddressInfo).port);
    const { stdout } = await runNode(['--input-type=module', '-e', `
      const { brokerOf } = await import(${SUPPORT});
      const broker = brokerOf({ net: ['${name}:${port}', '127.0.0.1:${port}'], resolve: async () => ['127.0.0.1'] });
      const answer = await broker.fetch('https://${name}:${port}/').then((response) => response.json(), ({ code, cause }) => [code, cause.code]);
      process.stdout.write(JSON.stringify(answer));`], { env: authorities });
    return JSON.parse(stdout);
  }

  it('reaches who shows that it is the one that is named, at the address that was checked', async () => {
    expect(await fetched('api.example.org', { NODE_EXTRA_CA_CERTS: certificate })).to.equal('by https');
  });

  it('reaches nobody who cannot show it', async () => {
    expect(await fetched('other.example.org', { NODE_EXTRA_CA_CERTS: certificate })).to.deep.equal(['FETCH_FAILED', 'ERR_TLS_CERT_ALTNAME_INVALID']);
    expect(await fetched('api.example.org', {})).to.deep.equal(['FETCH_FAILED', 'DEPTH_ZERO_SELF_SIGNED_CERT']);
  });
});
