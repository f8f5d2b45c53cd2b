import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers every request with BYTES bytes: `gateway-bare-server.js BYTES`. Sends its port to the parent process. */
const body = Buffer.alloc(Number(process.argv[2]), 'x');
const headers = { 'content-type': 'application/json', 'content-length': body.length };
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(200, headers).end(body));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
