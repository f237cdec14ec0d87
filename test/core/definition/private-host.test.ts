import { describe, expect, it } from 'vitest';
import { isPrivateHost } from '../../../core/definition/private-host.ts';

const hostOf = (url: string) => new URL(url).hostname;

describe('a host that only a private network can reach', () => {
  it.each([
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://172.31.255.255:8000',
    'http://192.168.1.20',
    'http://100.64.0.1',
    'http://0xa.1',
    'http://[fc00::1]',
    'http://[fdab:1::2]',
    'http://[::ffff:10.0.0.1]',
    'http://model.internal',
    'http://ip-10-0-0-1.eu-central-1.compute.internal',
    'http://printer.local',
    'http://model.default.svc.cluster.local',
    'http://model.default.svc',
    'http://nas.lan',
    'http://Model.Corp.',
    'http://nas.home.arpa',
    'http://classifier:8000',
    'http://internal-shop-123.eu-central-1.elb.amazonaws.com',
  ])('%s', (url) => {
    expect(isPrivateHost(hostOf(url))).toBe(true);
  });
});

describe('a host that is public, or this machine', () => {
  it.each([
    'https://classifier.example.com',
    'https://internal.example.com',
    'https://local.dev',
    'https://shop-123.eu-central-1.elb.amazonaws.com',
    'http://172.15.0.1',
    'http://172.32.0.1',
    'http://100.128.0.1',
    'http://192.169.0.1',
    'http://8.8.8.8',
    'http://[2001:db8::1]',
    'http://[::ffff:8.8.8.8]',
    'http://fc00.example.com',
    'http://localhost:8000',
    'http://127.0.0.1',
    'http://169.254.169.254',
  ])('%s', (url) => {
    expect(isPrivateHost(hostOf(url))).toBe(false);
  });
});
