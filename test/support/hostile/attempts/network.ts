import { denied, refusedAs, type Subject } from '../attempt.js';

const net = denied('net');
/** No server of names can be reached. */
const unasked = refusedAs('ECONNREFUSED', 'EPERM', 'EACCES');

/** Nothing says why it failed; whom it reached is counted. */
const unsaid = refusedAs('EPERM');

/** Reaching anybody: programs on this machine too. */
export const NETWORK: Subject = {
  name: 'network',
  attempts: [
    { what: 'connect', code: `return settled(net.connect(facts.tcp, '127.0.0.1'), 'connect');`, outcome: denied('net') },
    { what: 'connect by a name', code: `return settled(net.connect(facts.tcp, 'localhost'), 'connect');`, outcome: net },
    { what: 'connect by IPv6', code: `return settled(net.connect(facts.tcp, '::1'), 'connect');`, outcome: net },
    { what: 'fetch', code: `return (await fetch('http://127.0.0.1:' + facts.tcp)).status;`, outcome: net },
    { what: 'ask by HTTP', code: `return settled(http.get({ host: '127.0.0.1', port: facts.tcp }), 'response');`, outcome: net },
    { what: 'ask by HTTP/2', code: `return settled(require('node:http2').connect('http://127.0.0.1:' + facts.tcp), 'connect');`, outcome: net },
    { what: 'connect by TLS', code: `return settled(require('node:tls').connect(facts.tcp, '127.0.0.1'), 'connect');`, outcome: net },
    { what: 'open a web socket', code: `const socket = new WebSocket('ws://127.0.0.1:' + facts.tcp); return new Promise((resolve, reject) => { socket.onopen = () => resolve('open'); socket.onerror = (event) => reject(Object.assign(new Error('refused'), { code: 'EPERM' })); });`, outcome: unsaid, needs: ({ global }) => 'WebSocket' in global, uncontained: 'may fail' },
    { what: 'send a datagram', code: `const socket = dgram.createSocket('udp4'); await settled(socket.bind(0), 'listening'); return new Promise((resolve, reject) => socket.send('x', facts.udp, '127.0.0.1', (error) => (error ? reject(error) : resolve('sent'))));`, outcome: net },
    { what: 'look up a name', code: `return dns.promises.lookup('localhost.example.com');`, outcome: net },
    { what: 'ask for a name', code: `return dns.promises.resolve('example.com');`, outcome: unasked, uncontained: 'may fail' },
    { what: 'ask a server of its own for a name', code: `const resolver = new dns.promises.Resolver({ timeout: 200, tries: 1 }); resolver.setServers(['127.0.0.1:' + facts.udp]); return resolver.resolve('secret.example.com');`, outcome: unasked },
    { what: 'connect to a socket of another program', code: `return settled(net.connect(facts.unix), 'connect');`, outcome: denied('net', 'read', 'write') },
    { what: 'connect to an abstract socket of another program', code: `return settled(net.connect('\\0' + facts.abstract), 'connect');`, outcome: net },
    { what: 'listen', code: `return settled(net.createServer().listen(0, '127.0.0.1'), 'listening');`, outcome: net },
    { what: 'listen in a folder that it may write', code: `return settled(net.createServer().listen(facts.writable + '/socket'), 'listening');`, outcome: net },
    { what: 'listen to an abstract socket', code: `return settled(net.createServer().listen('\\0hostile-' + process.pid), 'listening');`, outcome: net },
    { what: 'listen for datagrams', code: `return settled(dgram.createSocket('udp4').bind(0), 'listening');`, outcome: net },
    { what: 'serve HTTP', code: `return settled(http.createServer().listen(0), 'listening');`, outcome: net },
    { what: 'open a socket by the inner functions of Node', code: `const { TCP, constants } = process.binding('tcp_wrap'); const tcp = new TCP(constants.SOCKET); const code = tcp.bind('127.0.0.1', 0) || tcp.listen(1); if (code !== 0) throw Object.assign(new Error('bind'), { code: 'EPERM' }); return 'bound';`, outcome: refusedAs('ERR_ACCESS_DENIED', 'EPERM') },
    { what: 'have its inspector listen', code: `require('node:inspector').open(0); return require('node:inspector').url();`, outcome: denied('inspector', 'net') },
  ],
};
