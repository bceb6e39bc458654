import { expect } from 'chai';
import { addressOf, isPublic } from '#internal/core/execution/broker/addresses.js';

function isForEverybody(text: string): boolean | undefined {
  const address = addressOf(text);
  return address === undefined ? undefined : isPublic(address);
}

describe('addresses', () => {
  it('are public where anybody on the internet may be meant', () => {
    for (const text of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a00:1450::1', '::ffff:8.8.8.8', '64:ff9b::808:808']) expect(isForEverybody(text), text).to.equal(true);
  });

  it('are not public where they are of this machine, its network, for many at once, for nobody, or tell a machine about itself', () => {
    for (const text of [
      '127.0.0.1', '127.255.255.255', '0.0.0.0', '10.0.0.5', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
      '168.63.129.16', '::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'fec0::1', 'ff02::1', '100::1', '2001:db8::1', '3fff::1', '4000::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '5f00::1',
    ]) expect(isForEverybody(text), text).to.equal(false);
  });

  it('are what they stand for, however that is written', () => {
    for (const text of ['::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:ffff:a9fe:a9fe', '::ffff:0.0.0.0', '::7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::1', '64:ff9b:1::808:808', '2002:7f00:1::', '2002:a9fe:a9fe::1', '0000:0000:0000:0000:0000:0000:0000:0001']) {
      expect(isForEverybody(text), text).to.equal(false);
    }
    expect(addressOf('::ffff:10.0.0.1')).to.deep.equal({ text: '10.0.0.1', family: 4 });
    expect(addressOf('0:0:0:0:0:0:0:1')).to.deep.equal({ text: '::1', family: 6 });
  });

  it('are no names', () => {
    for (const text of ['localhost', 'example.org', '', '1', '127.1', '0x7f.0.0.1', '[::1]']) expect(addressOf(text), text).to.equal(undefined);
  });
});
